# One file for every service, and for the `dateline` command:
#   docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=ingest -t dateline-ingest .
#   docker build -f deploy/docker/service.Dockerfile --build-arg SERVICE=operate --target command -t dateline-operate .
ARG PYTHON=3.13

# The full image has a compiler, for the one package that has no wheel on Linux arm64 (pycld2).
FROM python:${PYTHON} AS build
ARG SERVICE
# Other pins than the service's own: --build-arg SERVICE=enrichment --build-arg PINS=enrichment-model
ARG PINS=${SERVICE}
RUN test -n "${SERVICE}" || { echo "say which: --build-arg SERVICE=ingest" >&2; exit 1; }
RUN python -m venv /opt/dateline
ENV PATH=/opt/dateline/bin:${PATH} PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src

# What others wrote: by hash, in a layer that stays until the pins change.
COPY deploy/requirements/build.txt deploy/requirements/${PINS}.txt ./
RUN pip install --require-hashes --no-deps --only-binary :all: -r build.txt \
 && pip install --require-hashes --no-deps --no-build-isolation -r "${PINS}.txt"

# What Dateline is: in a second step, since pip refuses folders where hashes are required.
COPY schemas schemas
COPY services/kernel services/kernel
COPY services/${SERVICE} services/${SERVICE}
RUN pip install --no-deps --no-build-isolation ./schemas ./services/kernel "./services/${SERVICE}" \
 && pip uninstall --yes setuptools wheel pip

FROM python:${PYTHON}-slim AS bare
ARG SERVICE
LABEL org.opencontainers.image.title="dateline-${SERVICE}" org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --no-create-home dateline
COPY LICENSE /licenses/LICENSE
COPY --from=build /opt/dateline /opt/dateline
ENV PATH=/opt/dateline/bin:${PATH} PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1

FROM bare AS command
# A new volume takes its owner from here.
RUN install -d -o 10001 -m 700 /backups
USER 10001
WORKDIR /tmp
# As Ctrl-C: it ends at once, and leaves nothing half done.
STOPSIGNAL SIGINT
ENTRYPOINT ["dateline"]
CMD ["--help"]

FROM bare AS service
ARG SERVICE
RUN ln -s "dateline-${SERVICE}" /opt/dateline/bin/dateline-service
ENV DATELINE_HTTP_HOST=0.0.0.0 DATELINE_HTTP_PORT=8080
USER 10001
EXPOSE 8080
# Ready means: connected, and its consumers are alive.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['DATELINE_HTTP_PORT'] + '/readyz', timeout=2)"]
CMD ["dateline-service"]
