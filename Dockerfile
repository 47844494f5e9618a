# A server for a finance bureau: docs/office.md. Data live in /data; the first start makes what is missing there.
#
#   docker build -t zhengti-zip .
#   docker run -it --rm -v zhengti:/data zhengti-zip zhengti-zip account add NAME --role administrator
#   docker run -d --name zhengti -p 127.0.0.1:8000:8000 -v zhengti:/data \
#       -e ZHENGTI_PUBLIC_URL=https://zp.example.gov.cn zhengti-zip

FROM debian:bookworm-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

COPY . /src
RUN python3 -m venv /opt/zhengti-zip \
    && /opt/zhengti-zip/bin/pip install --no-cache-dir --no-deps --require-hashes -r /src/locks/run.txt \
    && /opt/zhengti-zip/bin/pip install --no-cache-dir --no-deps --no-build-isolation /src \
    && /opt/zhengti-zip/bin/zhengti-zip doctor \
    && rm -rf /src \
    && ln -s /opt/zhengti-zip/bin/zhengti-zip /usr/local/bin/zhengti-zip \
    && useradd --system --home-dir /data --create-home zhengti \
    && chmod 700 /data

USER zhengti
VOLUME /data
EXPOSE 8000
ENV ZHENGTI_OFFICE=/data
CMD ["zhengti-zip", "serve", "--host", "0.0.0.0", "--port", "8000", "--behind-proxy"]
