FROM stand-in/debian
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openssh-server \
    && rm -rf /var/cache/apt /var/lib/apt/lists && mkdir -p /run/sshd
EXPOSE 22
CMD ["sh", "-c", "echo \"root:$PASSWORD\" | chpasswd && exec /usr/sbin/sshd -D -e -o PermitRootLogin=yes -o GatewayPorts=yes -o AllowTcpForwarding=yes -o HostKeyAlgorithms=+ssh-rsa -o KexAlgorithms=+diffie-hellman-group14-sha1"]
