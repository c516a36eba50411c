/** What answers a request; the API's client takes `fetch` as it finds it when it is made, so that stays the same. */
export const network: { answer: (request: Request | string) => Promise<Response> } = {
  answer: () => Promise.reject(new TypeError("Nobody answers")),
};

globalThis.fetch = ((request: Request | string) => network.answer(request)) as typeof fetch;
