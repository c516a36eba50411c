/** Responds to requests; `fetch` itself stays the same, because clients keep a reference to it. */
export const network: { answer: (request: Request | string) => Promise<Response> } = {
  answer: () => Promise.reject(new TypeError("No response given")),
};

globalThis.fetch = ((request: Request | string) => network.answer(request)) as typeof fetch;
