# The tag is for people; the digest says which image it is.
FROM python:3.13.7-alpine3.22@sha256:9ba6d8cbebf0fb6546ae71f2a1c14f6ffd2fdab83af7fa5669734ef30ad48844 AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY src src
ENV PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
RUN python3 -m venv --without-pip /opt/lint-migration-plan
RUN python3 -m pip --python /opt/lint-migration-plan/bin/python install --no-cache-dir .

FROM python:3.13.7-alpine3.22@sha256:9ba6d8cbebf0fb6546ae71f2a1c14f6ffd2fdab83af7fa5669734ef30ad48844
# Git says which files of a folder are ignored. It refuses the repository of another user, as a mounted one is; the
# linter lets git run nothing that a repository sets.
RUN apk add --no-cache git
RUN git config --system --add safe.directory '*'
COPY --from=build /opt/lint-migration-plan /opt/lint-migration-plan
ENV PATH=/opt/lint-migration-plan/bin:$PATH
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["lint-migration-plan"]
