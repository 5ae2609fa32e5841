# One image for both processes: the web process by default, the worker with
#   docker run --no-healthcheck … node build/worker/index.js
# and the migrations, as the owner role, with
#   docker run --rm --no-healthcheck -e OWNER_DATABASE_URL … node build/migrate/index.js
# After a restore of the database, before the worker is started again:
#   docker run --rm --no-healthcheck -e WORKER_DATABASE_URL … node build/restored/index.js --copy-from 2026-11-22T09:00:00Z

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY package.json ./
COPY drizzle ./drizzle
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/build ./build
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "build/server/index.js"]
