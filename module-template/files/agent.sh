# Configures the agent that was installed in the image at $root. Sourced by build-base after image.sh.
# shellcheck shell=sh disable=SC2154

# setting NAME...: prints the value of a setting of the agent; several settings as `name = value`, one per line
setting() {
  in_image puppet config print --color=false --section agent "$@"
}

# configure_agent: writes settings with the agent's own command, which knows where they belong
configure_agent() {
  in_image sh -c 'command -v puppet > /dev/null' || die "$name: flavour $FLAVOUR installed no agent: there is no command puppet in the image"

  file=$(in_root "$(setting config)")
  # Gems do not install one.
  [ -f "$file" ] || install -D -m 0644 /dev/null "$file"
  # An installer may have set it to this host's name.
  sed -i '/^[[:space:]]*certname[[:space:]]*=/d' "$file"
  # Expanded by the shell in the image.
  # shellcheck disable=SC2016
  {
    printf 'main\tserver\t%s\nagent\tusecacheonfailure\tfalse\n' "$SERVER"
    cat "$definition/puppet.settings"
  } | in_image sh -ec 'tab=$(printf "\t")
    while IFS="$tab" read -r section key value; do
      puppet config set --color=false --section "$section" "$key" "$value" < /dev/null
    done'

  # shellcheck disable=SC2016
  in_image sh -ec 'for unit in puppet pxp-agent; do
      [ -z "$(systemctl list-unit-files --no-legend "$unit.service")" ] || systemctl --quiet enable "$unit.service"
    done
    puppet agent --enable'

  if [ -f "$definition/csr_attributes.yaml" ]; then
    install -D -m 0600 "$definition/csr_attributes.yaml" "$(in_root "$(setting csr_attributes)")"
  fi

  share=$(in_root /usr/share/puppet-clone-army)
  install -d -m 0755 "$share"
  { echo "version = $(in_image puppet --version)"; setting publicdir statedir ssldir; } |
    sed 's/^\(.*[^ ]\) *= *\(.*\)$/  "\1": "\2",/; 1s/^/{\n/; $s/,$/\n}/' > "$share/agent.json"
}

# forget_identity: removes what every clone has to create for itself; the CA certificate may stay
forget_identity() {
  ssldir=$(in_root "$(setting ssldir)")
  localcacert=$(in_root "$(setting localcacert)")
  kept=$root$stage/ca.pem
  if [ -f "$definition/ca.pem" ]; then
    cp "$definition/ca.pem" "$kept"
  elif [ "$FLAVOUR" = pe ] && [ -f "$localcacert" ]; then
    cp "$localcacert" "$kept"
  fi
  rm -rf "${ssldir:?}"
  if [ -f "$kept" ]; then
    install -d -m 0771 "$ssldir"
    install -D -m 0644 "$kept" "$localcacert"
  fi
  etc=$(in_root /etc)
  rm -f "$etc/hostname" "$etc/resolv.conf" "$etc/machine-id" "$(in_root /etc/ssh)"/ssh_host_*
  # Empty, not missing: systemd treats the first boot without the file as a new installation.
  : > "$etc/machine-id"
}
