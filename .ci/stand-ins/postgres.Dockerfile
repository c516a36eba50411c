FROM stand-in/debian
COPY postgres /usr/local/pgsql
COPY postgres-start /usr/local/bin/postgres-start
RUN useradd --uid 999 postgres && mkdir -p /var/lib/postgresql && chown postgres /var/lib/postgresql
ENV PATH=/usr/local/pgsql/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/18/docker
USER postgres
EXPOSE 5432
ENTRYPOINT ["/usr/local/bin/postgres-start"]
CMD ["postgres"]
