FROM python:3.13-alpine AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN python3 -m venv --without-pip /opt/lint-migration-plan
RUN python3 -m pip --python /opt/lint-migration-plan/bin/python install --no-cache-dir .

FROM python:3.13-alpine
# Git says which files of a folder are ignored. It refuses the repository of another user, as a mounted one is; the
# linter lets git run nothing that a repository sets.
RUN apk add --no-cache git
RUN git config --system --add safe.directory '*'
COPY --from=build /opt/lint-migration-plan /opt/lint-migration-plan
ENV PATH=/opt/lint-migration-plan/bin:$PATH
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["lint-migration-plan"]
