import fastify from 'fastify';

/** A service that does nothing but take and give JSON: the floor that others stand on. It takes spans as well. */
async function main(): Promise<void> {
  const server = fastify();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => {
    done(null);
  });
  server.post('/*', () => ({}));
  server.get('/*', () => ({}));
  await server.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
}

void main();
