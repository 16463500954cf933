# One image for web, worker and scheduler. Build: docker build -t kam .
FROM python:3.11-slim-bookworm AS front
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund --ignore-scripts

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --from=front /app/node_modules ./node_modules
COPY . .
RUN python tools/compile_messages.py
RUN SECRET_KEY=only-for-collecting-static-files-in-the-image-build ALLOWED_HOSTS=build.invalid DATABASE_URL=postgres://nobody@localhost/none KAM_HTTPS=1 \
    python manage.py collectstatic --noinput -v0
RUN useradd --system --create-home --home-dir /app/var kam && chown -R kam /app/var
USER kam
EXPOSE 8000
CMD ["gunicorn", "kam.wsgi:application", "--preload", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--worker-class", "gthread", "--timeout", "30", "--graceful-timeout", "25", "--no-control-socket"]
