# Liaison in a container: not root, no shell needed, nothing written but what is under /data.
# `docker build -t liaison .`; compose.yaml and .github/OPERATING.md show how to run it.

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without scripts: the one of ours, `prepare`, would build before the sources are here.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src src
RUN npm run build

FROM node:20-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Types and source maps of libraries are half of their size and serve nobody at run time.
RUN npm ci --omit=dev --ignore-scripts \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete

FROM node:20-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    LIAISON_DATA_DIR=/data \
    LOG_FORMAT=json
WORKDIR /app
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# The sample contacts of `liaison sandbox`.
COPY fixtures/contacts.csv fixtures/contacts.csv
RUN install -d -o node -g node -m 700 /data
USER node
# Only for the embedded engine; with MONGODB_URI nothing is written at all.
VOLUME ["/data"]
EXPOSE 3000
# Alive, not ready: a store that is away for a while is no reason to restart. Balancers ask /readyz.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
