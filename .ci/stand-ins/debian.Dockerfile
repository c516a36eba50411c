FROM stand-in/minbase
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    openjdk-17-jre-headless haproxy postgresql-client python3-aiosmtpd libxml2 && rm -rf /var/cache/apt /var/lib/apt/lists
