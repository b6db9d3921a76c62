// Sending to the school: throws where the connection is dead, says where the person is signed out.
export const OUT = 401;
const PATIENCE = 120_000;

function once(url, data, token, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = PATIENCE;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    request.upload.onprogress = (event) => onProgress?.(event.loaded / event.total);
    request.onload = () => resolve(request);
    for (const failure of ["error", "timeout", "abort"]) request.addEventListener(failure, () => reject(new TypeError(failure)));
    request.send(data);
  });
}

const isJson = (request) => request.getResponseHeader("Content-Type")?.startsWith("application/json") ?? false;

// A page that was kept on the phone may hold a token of a former session.
async function freshToken() {
  const page = await (await fetch(location.href)).text();
  return new DOMParser().parseFromString(page, "text/html").querySelector("[data-report] [name=csrfmiddlewaretoken]")?.value;
}

export function poster(form) {
  const field = form.elements.csrfmiddlewaretoken;
  return async (url, data, onProgress) => {
    let request = await once(url, data, field.value, onProgress);
    if (request.status === 403 && !isJson(request)) {
      field.value = (await freshToken()) ?? field.value;
      request = await once(url, data, field.value, onProgress);
    }
    if (isJson(request)) return { status: request.status, answer: JSON.parse(request.responseText) };
    return { status: request.status < 400 ? OUT : request.status, answer: {} };
  };
}
