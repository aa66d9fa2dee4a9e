# The Tallyman server. The sources run as they are; nothing is compiled, and nothing of the app for laptops is in it.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The packages that are needed in production, without scripts of the desktop app; better-sqlite3 brings its binaries along.
RUN npm ci --omit=dev --omit=optional --ignore-scripts \
  && rm -rf node_modules/@mantine node_modules/@tabler node_modules/@fontsource-variable node_modules/bwip-js \
  && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production TALLYMAN_DATA=/data TALLYMAN_PORT=7420
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY shared ./shared
COPY server ./server
# What the image has is read only; the data folder is a volume of the user that the server runs as.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 7420
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "server/cli/probe.ts"]
ENTRYPOINT ["node", "server/cli/main.ts"]
CMD ["serve"]
