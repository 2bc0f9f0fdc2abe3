// What this app asks of the hub. Every answer is `{status, body}`; no answer at all is status 0.

import { LANGUAGE } from "./words.js";

const PATIENCE_MS = 60_000;

export async function ask(address, { method = "GET", json, bytes, headers = {}, csrf } = {}) {
  const sent = { accept: "application/json", ...headers };
  if (csrf) sent["x-csrf-token"] = csrf;
  if (json !== undefined) sent["content-type"] = "application/json";
  if (bytes !== undefined) sent["content-type"] = "application/octet-stream";
  try {
    const answer = await fetch(address, {
      method,
      headers: sent,
      body: json === undefined ? bytes : JSON.stringify(json),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: "error",
      cache: "no-store",
    });
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 0, body: null };
  }
}

/** Who is signed in: `{id, name, csrf}`. A fresh token each time: one from before a sign-in is worth nothing. */
export function session() {
  return ask("/api/offline/session");
}

/** What this person's devices encrypt with: `{key}`, base64. */
export function key(csrf) {
  return ask("/api/offline/key", { method: "POST", csrf });
}

export function download(csrf) {
  return ask(`/api/offline/package?language=${LANGUAGE}`, { method: "POST", csrf });
}

export function sendEntries(entries, csrf) {
  const json = {
    sent_at: new Date().toISOString(),
    entries: entries.map(({ id, sha256, content }) => ({ id, sha256, content })),
  };
  return ask(`/api/offline/entries?language=${LANGUAGE}`, { method: "POST", json, csrf });
}

export function sendPhoto(photo, csrf) {
  return ask(`/api/offline/photos/${photo.id}?inspection=${photo.inspection}`, {
    method: "PUT",
    bytes: photo.content,
    headers: { "x-photo-sha256": photo.sha256 },
    csrf,
  });
}

export async function signOut(csrf) {
  try {
    await fetch("/sign-out", { method: "POST", headers: { "x-csrf-token": csrf }, redirect: "manual" });
    return true;
  } catch {
    return false;
  }
}
