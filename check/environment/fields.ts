import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** Kinds of single values that an environment holds. Each says in its message what is allowed. */

/** RFC 1123 label: what Kubernetes takes as a namespace and AWS as part of most names. */
export const dnsLabel = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'lower-case letters, digits and "-", beginning and ending with a letter or digit',
  )
  .max(63, 'at most 63 characters, which is the limit of Kubernetes');

/** Name of an object of Kubernetes: labels joined by dots. */
export const objectName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'lower-case letters, digits, "-" and "."')
  .max(253, 'at most 253 characters, which is the limit of Kubernetes');

export const positive = z.number().positive('a number above 0');
export const wholePositive = z.int('a whole number above 0').positive('a whole number above 0');
export const ratio = z
  .number()
  .gt(0, 'a share above 0 and up to 1')
  .max(1, 'a share above 0 and up to 1 (5 % is 0.05)');
export const port = z.int('a port, 1 to 65535').min(1, 'a port, 1 to 65535').max(65535, 'a port, 1 to 65535');

/** An IPv4 or IPv6 range whose host bits are zero. */
export const cidr = z.string().refine(isNetwork, 'a range such as 10.0.0.0/16, its host bits zero');
export const cidrs = z.array(cidr).min(1, 'at least one range such as 10.0.0.0/16');

export const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/]+/, 'an address that begins with http:// or https://');
export const hostAndPort = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d+$/, '"host:port"');
export const email = z.email('an e-mail address');

/** Reference to a Secret. A string here is most likely the secret itself, which must never reach the repository. */
export const secretRef = z.strictObject(
  {
    name: objectName,
    key: z
      .string()
      .regex(/^[-._a-zA-Z0-9]+$/, 'letters, digits, "-", "_" and "."')
      .max(253),
  },
  {
    error: (issue) =>
      typeof issue.input === 'string'
        ? 'a reference { name, key } to a Kubernetes Secret, never the secret value itself'
        : undefined,
  },
);

function isNetwork(text: string): boolean {
  if (!ipaddr.isValidCIDR(text)) return false;
  const [address] = ipaddr.parseCIDR(text);
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text);
  return network.toString() === address.toString();
}
