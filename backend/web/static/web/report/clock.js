// Times as people read them.

export function clock(seconds) {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const hours = Math.floor(tenths / 36000);
  const minutes = Math.floor(tenths / 600) % 60;
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  const short = `${String(minutes).padStart(2, "0")}:${rest}`;
  return hours ? `${hours}:${short}` : short;
}

export function longClock(seconds) {
  const words = clock(seconds);
  return words.split(":").length === 3 ? words.padStart(10, "0") : `00:${words}`;
}

export function axisClock(seconds) {
  return clock(seconds).replace(/\.0$/, "");
}
