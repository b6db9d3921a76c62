# One image for web, worker and beat; which one it is, the command says.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 portal \
 && install --directory --owner portal /srv/portal/var /srv/portal/var/files

WORKDIR /srv/portal
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes --only-binary=:all: -r requirements/base.txt

COPY . .
# Needs settings but no servers; nothing of these values stays in the image.
RUN python -m core.translations \
 && SECRET_KEY=only-while-the-image-is-built-000000000000000 ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://localhost/portal REDIS_URL=redis://localhost/0 EMAIL_URL=smtp://localhost \
    python manage.py collectstatic --no-input --verbosity 0

USER portal
VOLUME /srv/portal/var/files
EXPOSE 8000
CMD ["gunicorn", "--worker-class=gthread", "--workers=2", "--threads=4", "--timeout=60", "--no-control-socket", \
     "--worker-tmp-dir=/dev/shm", "--access-logfile=-", "--bind=0.0.0.0:8000", "config.wsgi"]
