# Configures the agent that was installed in the image at $root. Sourced by build-base after image.sh.
# shellcheck shell=sh disable=SC2154

# setting NAME...: prints the value of a setting of the agent; several settings as `name = value`, one per line
setting() {
  in_image puppet config print --color=false --section agent "$@"
}

# write_settings FILE: writes settings, given as `section<TAB>name<TAB>value`, to puppet.conf as `puppet config set` would.
# Arguments of that command are in the host's process list, and it takes a value such as -1 for an option.
write_settings() {
  lines=$(awk '
    function settings(section,    i) {
      for (i = 1; i <= count; i++) if (sections[i] == section) { print names[i] " = " values[section, names[i]]; sections[i] = "" }
    }
    FNR == NR {
      split($0, word, "\t")
      if (!((word[1], word[2]) in values)) { sections[++count] = word[1]; names[count] = word[2] }
      values[word[1], word[2]] = substr($0, length(word[1] word[2]) + 3)
      next
    }
    FNR == 1 { section = "main" }
    /^[ \t]*\[[A-Za-z0-9_]+\][ \t]*$/ {
      section = $0
      gsub(/[][ \t]/, "", section)
      print
      settings(section)
      next
    }
    {
      name = $0
      sub(/[ \t]*=.*/, "", name)
      sub(/^[ \t]*/, "", name)
      if (!((section, name) in values)) print
    }
    END {
      for (j = 1; j <= count; j++) if (sections[j] != "") { section = sections[j]; print "[" section "]"; settings(section) }
    }
  ' - "$1")
  printf '%s\n' "$lines" > "$1"
}

# configure_agent: writes the agent's settings, and everything else that it reads
configure_agent() {
  in_image sh -c 'command -v puppet > /dev/null' || die "$name: flavour $FLAVOUR installed no agent: there is no command puppet in the image"

  file=$(in_root "$(setting config)")
  # Gems do not install one.
  [ -f "$file" ] || install -D -m 0644 /dev/null "$file"
  # An installer may have set it to this host's name.
  sed -i '/^[[:space:]]*certname[[:space:]]*=/d' "$file"
  # Settings can be secrets.
  chmod 0600 "$file"
  {
    printf 'main\tserver\t%s\nagent\tusecacheonfailure\tfalse\n' "$SERVER"
    cat "$definition/puppet.settings"
  } | write_settings "$file"

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

# mark_updated: says that /etc and /var are as new as /usr. Without it, each clone would generate caches at its first boot
# that the image already has, because systemd-update-done(8) has never run in the image.
mark_updated() {
  for folder in etc var; do
    touch -r "$(in_root /usr)" "$(in_root "/$folder")/.updated"
  done
}
