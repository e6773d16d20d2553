/** A question with what its answer must hold to be right. */
export interface KnownQuestion {
  readonly question: string;
  readonly answer: string;
}

/** Questions that many people ask, in words of their own. */
export const QUESTIONS: readonly [KnownQuestion, ...KnownQuestion[]] = [
  { question: 'What is the membership fee for students?', answer: '15 euro' },
  { question: 'When is a membership renewed automatically?', answer: 'first of January' },
  { question: 'Is the workshop closed on Sunday and Monday?', answer: 'closed' },
  { question: 'How much does a cargo bicycle cost a day?', answer: '25 euro' },
  { question: 'What is the rental deposit for an electric bicycle?', answer: '300 euro' },
  { question: 'What does a late return cost for each hour?', answer: '5 euro' },
  { question: 'How long can a work stand be booked?', answer: 'two hours' },
  { question: 'How many participants has a course room for?', answer: 'eight' },
  { question: 'When is a chain worn by the gauge?', answer: '0.75' },
  { question: 'To what pressure are city tyres pumped?', answer: '4 bar' },
  { question: 'When are disc brake pads replaced?', answer: 'one millimetre' },
  { question: 'How is a battery stored for the winter?', answer: 'half full' },
  { question: 'Where does the fire extinguisher hang?', answer: 'paint cupboard' },
  { question: 'How is a puncture in the tube found?', answer: 'under water' },
];

/** The same question as somebody asks it who gives the number of an order: it is asked once, and no cache knows it. */
export function withNumber({ question, answer }: KnownQuestion, number: number): KnownQuestion {
  return { question: `Order ${String(number)}: ${question}`, answer };
}
