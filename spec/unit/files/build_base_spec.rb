# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/build-base' do
  let(:host) { Sandbox.new }
  let(:libexec) { '/usr/local/libexec/puppet-clone-army' }
  let(:definition) { '/etc/puppet-clone-army/bases/web' }
  let(:image) { '/var/lib/puppet-clone-army/web' }

  before do
    host.install_scripts('build-base')
    host.write("#{definition}/definition", <<~SHELL)
      OS='Debian'
      RELEASE='13'
      SUITE='trixie'
      BOOTSTRAPPER='stub'
      FLAVOUR='stub'
      SCRIPT='stub'
      SERVER='puppet.example.com'
      PACKAGES='nginx'
      LOCAL_PACKAGES=''
      MIRROR=''
    SHELL
    host.write("#{definition}/puppet.settings", "agent\truninterval\t10m\n")
    host.write("#{definition}/root-password", 'hunter-two')
    host.write('/etc/resolv.conf', "nameserver 192.0.2.53\n")
    host.write('/etc/hosts', "127.0.0.1 localhost\n")
    FileUtils.mkdir_p(host.path('/var/lib/puppet-clone-army'))
    host.write('/proc/1/mountinfo', '')
    host.write('/real-paths', '')

    bootstrap
    host.write("#{libexec}/compiled/compile-agent", '', 0o755)
    host.write("#{libexec}/flavours/stub.sh", "in_image install-the-agent\n")
    image_commands
  end

  after { host.remove }

  # A bootstrapper that creates the minimum that a build needs, and then runs the given lines.
  def bootstrap(lines = '')
    host.write("#{libexec}/bootstrap/stub.sh", <<~'SHELL' + lines, 0o755)
      #!/bin/sh
      set -eu
      mkdir -p "$root/etc/ssh" "$root/usr/share" "$root/var/lib/puppet/ssl"
      echo "$OS $RELEASE $SUITE$PACKAGES" > "$root/etc/bootstrapped"
      echo bootstrapped > "$root/etc/hostname"
      echo 0123 > "$root/etc/machine-id"
      touch "$root/etc/ssh/ssh_host_rsa_key" "$root/var/lib/puppet/ssl/key.pem"
    SHELL
  end

  # Replaces commands in the image: they print what those of an agent would, and keep their standard input.
  def image_commands(lines = '')
    host.stand_in('unshare', <<~SHELL + lines)
      case "$*" in
        *' puppet --version') echo 8.10.0 ;;
        *'puppet config print --color=false --section agent ssldir') echo /var/lib/puppet/ssl ;;
        *'puppet config print --color=false --section agent localcacert') echo /var/lib/puppet/ssl/certs/ca.pem ;;
        *'puppet config print --color=false --section agent csr_attributes') echo /etc/puppet/csr_attributes.yaml ;;
        *'puppet config print --color=false --section agent config') echo /etc/puppet/puppet.conf ;;
        *' puppet config print '*) printf '%s\\n' 'publicdir = /var/lib/puppet/public' 'statedir = /var/lib/puppet/state' 'ssldir = /var/lib/puppet/ssl' ;;
        *' realpath -m -- '*) for last; do :; done; [ -n "$last" ] || exit 1; sed -n "s:^$last ::p" '#{host.path("/real-paths")}' | grep . || echo "$last" ;;
        *' chpasswd') cat > '#{host.path("/passwords")}' ;;
      esac
    SHELL
  end

  def build
    host.run("#{libexec}/build-base", 'web')
  end

  def built?
    host.run("#{libexec}/build-base", '--check', 'web').status.zero?
  end

  # Commands that ran in the image.
  def commands
    host.calls('unshare').map { |call| call.drop(call.index('in_image') + 2).join(' ') }
  end

  # Entries in the folder of images.
  def images
    Dir.children(host.path('/var/lib/puppet-clone-army'))
  end

  it 'builds an image of the system in the definition' do
    expect(build).to have_attributes(status: 0, errors: '', output: /web: bootstrapping Debian 13 with stub.*web: done, agent 8\.10\.0\n\z/m)
    expect(host.read("#{image}/etc/bootstrapped")).to eq("Debian 13 trixie\n")
    expect(images).to contain_exactly('web', '.web.lock')
  end

  describe 'another image' do
    let(:other) { '/etc/puppet-clone-army/bases/other' }
    let(:systems) { host.path('/var/cache/puppet-clone-army') }

    before do
      bootstrap("echo >> '#{host.path("/bootstraps")}'\n")
      build
      host.write("#{image}/etc/edited", '')
      FileUtils.cp_r(host.path(definition), host.path(other))
    end

    # Builds the other image. Returns how many systems have been bootstrapped, that of the first image included.
    def bootstraps
      expect(host.run("#{libexec}/build-base", 'other')).to have_attributes(status: 0, errors: '')
      host.read('/bootstraps').lines.length
    end

    it 'of the same system is not bootstrapped again, and has nothing of the first image' do
      expect(bootstraps).to eq(1)
      expect(Dir.children(host.path('/var/lib/puppet-clone-army/other/etc'))).to match_array(Dir.children(host.path("#{image}/etc")) - ['edited'])
    end

    it 'with other packages is not bootstrapped again' do
      host.write("#{other}/definition", host.read("#{other}/definition").sub('nginx', 'apache2'))
      expect(bootstraps).to eq(1)
    end

    it 'of another system is bootstrapped' do
      host.write("#{other}/definition", host.read("#{other}/definition").sub('trixie', 'forky'))
      expect(bootstraps).to eq(2)
      expect(host.read('/var/lib/puppet-clone-army/other/etc/bootstrapped')).to eq("Debian 13 forky\n")
    end

    it 'is bootstrapped if the system is older than a day, and the old one is removed' do
      kept = Dir.glob("#{systems}/*")
      FileUtils.touch(kept, mtime: Time.now - 90_000)
      expect(bootstraps).to eq(2)
      expect(Dir.glob("#{systems}/*")).to eq(kept)
      expect(File.mtime(kept.first)).to be > Time.now - 3600
    end

    it 'is bootstrapped if it is built again from the same definition, to have current packages' do
      build
      expect(host.read('/bootstraps').lines.length).to eq(2)
      expect(bootstraps).to eq(2)
    end

    it 'does not use a copy that was not finished' do
      kept = Dir.glob("#{systems}/*").first
      FileUtils.mv(kept, "#{kept}.new")
      expect(bootstraps).to eq(2)
    end

    it 'is bootstrapped if there is no place for a copy' do
      FileUtils.rm_rf(systems)
      FileUtils.touch(systems)
      expect(bootstraps).to eq(2)
    end

    it 'is for root only' do
      expect(host.mode('/var/cache/puppet-clone-army')).to eq('0700')
    end
  end

  it 'installs the agent with the script of the flavour' do
    build
    expect(commands).to include('install-the-agent')
  end

  describe 'packages' do
    def installed
      commands.grep(/ install_packages /m).map { |command| command[/ install_packages (.*)/m, 1] }
    end

    it 'are installed, and their services stay off, because clones share the network of their host' do
      image_commands(<<~SHELL)
        case "$*" in
          *' install_packages nginx') touch '#{host.path("/installed")}' ;;
          *list-unit-files*)
            echo 'dbus.socket enabled enabled'
            [ ! -e '#{host.path("/installed")}' ] || printf '%s\n' 'nginx.service enabled enabled' 'ssh.socket enabled enabled' ;;
        esac
      SHELL

      expect(build).to have_attributes(status: 0, errors: '', output: /web: not enabled in clones: nginx\.service ssh\.socket$/)
      expect(installed).to eq(['nginx'])
      expect(commands.index('systemctl --quiet disable nginx.service ssh.socket')).to be < commands.index('install-the-agent')
    end

    it 'may enable nothing' do
      expect(build).to have_attributes(status: 0, errors: '')
      expect(commands.grep(/systemctl --quiet disable/)).to be_empty
    end
  end

  describe 'the settings of the agent' do
    let(:settings) { host.read("#{image}/etc/puppet/puppet.conf") }

    # What an installer leaves in puppet.conf.
    def installed(text)
      host.write('/installed.conf', text)
      host.write("#{libexec}/flavours/stub.sh", "install -D -m 0644 '#{host.path('/installed.conf')}' \"$root/etc/puppet/puppet.conf\"\n")
    end

    it 'are in the sections that they belong to' do
      build
      expect(settings).to eq("[main]\nserver = puppet.example.com\n[agent]\nusecacheonfailure = false\nruninterval = 10m\n")
    end

    it 'replace those of the installer, and keep its others' do
      installed("# A comment\nserver = one\n[main]\n  certname = build.example.com\n  server = two\nlogdir=/l\n[agent]\nruninterval=1h\n[server]\nserver = x\n")
      build
      expect(settings).to eq(
        "# A comment\n[main]\nserver = puppet.example.com\nlogdir=/l\n[agent]\nusecacheonfailure = false\nruninterval = 10m\n[server]\nserver = x\n",
      )
    end

    { '-1' => 'a negative number', '1.5' => 'a float', '' => 'an empty string', ' a = "b" # c\\n $vardir ' => 'any text' }.each do |value, what|
      it "can be #{what}" do
        host.write("#{definition}/puppet.settings", "agent\tsplaylimit\t#{value}\n")
        expect(build.status).to eq(0)
        expect(settings).to end_with("\nsplaylimit = #{value}\n")
      end
    end

    it 'can be secrets, so only root can read them' do
      build
      expect(host.mode("#{image}/etc/puppet/puppet.conf")).to eq('0600')
    end
  end

  it 'records the paths of the agent, which tasks need' do
    build
    expect(JSON.parse(host.read("#{image}/usr/share/puppet-clone-army/agent.json"))).to eq(
      'version' => '8.10.0',
      'publicdir' => '/var/lib/puppet/public',
      'statedir' => '/var/lib/puppet/state',
      'ssldir' => '/var/lib/puppet/ssl',
    )
  end

  describe 'precompiling the agent' do
    def precompile
      commands.find { |command| command.end_with?('/compile-agent') }
    end

    it 'runs in the image, without a network' do
      build
      expect(precompile).to eq('unshare --net /usr/share/puppet-clone-army/compiled/compile-agent')
      expect(host.exist?("#{image}/usr/share/puppet-clone-army/compiled/compile-agent")).to be(true)
    end

    it 'does not fail the build if it fails' do
      image_commands('case "$*" in *compile-agent) exit 1 ;; esac')
      expect(build).to have_attributes(status: 0, output: /the agent could not be precompiled/)
    end
  end

  it 'removes everything that clones have to create for themselves' do
    build
    gone = ['etc/hostname', 'etc/resolv.conf', 'etc/ssh/ssh_host_rsa_key', 'var/lib/puppet/ssl'].map { |name| host.exist?("#{image}/#{name}") }
    expect(gone).to all(be(false))
    expect(host.read("#{image}/etc/machine-id")).to eq('')
  end

  [0o077, 0o027].each do |umask|
    it format('builds the same image with the umask %03o', umask) do
      host.write("#{libexec}/flavours/stub.sh", "echo x > \"$root/etc/agent.conf\"\n")
      modes = [umask, 0o022].map do |mask|
        previous = File.umask(mask)
        expect(build.status).to eq(0)
        Dir.glob('**/*', base: host.path(image)).sort.to_h { |name| [name, host.mode("#{image}/#{name}")] }
      ensure
        File.umask(previous)
      end

      expect(modes.first).to eq(modes.last)
      expect(modes.last).to include('etc/agent.conf' => '0644', 'etc/bootstrapped' => '0644')
    end
  end

  it 'builds on a host without a resolv.conf, and says so' do
    FileUtils.ln_sf('/run/systemd/resolve/absent', host.path('/etc/resolv.conf'))
    expect(build).to have_attributes(status: 0, errors: '', output: %r{this host has no file .*/etc/resolv\.conf, so .*/web-building/etc/resolv\.conf is empty})
  end

  describe 'the CA certificate' do
    it 'stays if it is in the definition, and no other file with it' do
      host.write("#{definition}/ca.pem", 'a certificate')
      build
      expect(host.read("#{image}/var/lib/puppet/ssl/certs/ca.pem")).to eq('a certificate')
      expect(host.exist?("#{image}/var/lib/puppet/ssl/key.pem")).to be(false)
    end
  end

  describe 'certificate authorities of the host' do
    let(:authorities) { '/usr/local/share/ca-certificates' }

    before do
      host.install('build-base', "#{libexec}/build-base", paths: %r{#{Sandbox::HOST_PATHS}|(?<=["\[ ])/(?=\$folder)}x)
      bootstrap("mkdir -p \"$root/usr/local/share\"\n")
      host.write('/site.crt', 'of the site')
      host.write("#{authorities}/more/other.crt", 'another')
      FileUtils.ln_s(host.path('/site.crt'), host.path("#{authorities}/site.crt"))
    end

    it 'are in the image' do
      expect(build.status).to eq(0)
      expect(host.read("#{image}#{authorities}/site.crt")).to eq('of the site')
      expect(host.read("#{image}#{authorities}/more/other.crt")).to eq('another')
    end

    it 'are skipped, and named, if they are links that lead nowhere' do
      ['gone.crt', 'loop.crt'].zip(['/no/such/file', 'loop.crt']) { |name, target| File.symlink(target, host.path("#{authorities}/#{name}")) }
      expect(build).to have_attributes(status: 0, output: %r{skipping #{host.path(authorities)}/gone\.crt, a link to a file that does not exist})
      expect(Dir.children(host.path("#{image}#{authorities}"))).to contain_exactly('more', 'site.crt')
    end
  end

  describe 'CSR attributes' do
    it 'are where the agent reads them, and readable only by root' do
      host.write("#{definition}/csr_attributes.yaml", "---\n")
      build
      expect(host.mode("#{image}/etc/puppet/csr_attributes.yaml")).to eq('0600')
    end
  end

  describe 'local packages' do
    let(:file) { host.path('/srv/agent.deb') }

    def definition_with_local_package
      text = host.read("#{definition}/definition")
      host.write("#{definition}/definition", text.sub("LOCAL_PACKAGES=''", "LOCAL_PACKAGES='#{file}'"))
    end

    it 'are installed by the package manager of the image, and their files are removed' do
      host.write('/srv/agent.deb', 'a package')
      definition_with_local_package

      expect(build.status).to eq(0)
      expect(commands).to include(%r{ install_packages /var/tmp/clone-army/agent\.deb\z}m)
      expect(host.exist?("#{image}/var/tmp/clone-army")).to be(false)
    end

    it 'require a rebuild when a file changes' do
      host.write('/srv/agent.deb', 'a package')
      definition_with_local_package
      build
      expect(built?).to be(true)

      host.write('/srv/agent.deb', 'another package')
      expect(built?).to be(false)
    end

    it 'fail the build by name if a file is missing' do
      definition_with_local_package

      expect(build).to have_attributes(status: be_positive, errors: /web: the file #{file} in local_packages does not exist/)
      expect(images).to contain_exactly('.web.lock')
    end
  end

  describe 'setup scripts' do
    it 'run in order, in the shell unless they name an interpreter' do
      host.write("#{definition}/setup/001", "echo one\n")
      host.write("#{definition}/setup/002", "#!/usr/bin/env ruby\n")

      expect(build.status).to eq(0)
      expect(commands.grep(%r{/setup-00})).to eq(['sh -e /var/tmp/clone-army/setup-001', '/var/tmp/clone-army/setup-002'])
    end

    it 'fail the build and show their output' do
      host.write("#{definition}/setup/001", "echo one\n")
      image_commands("case \"$*\" in *setup-001) echo out of luck; exit 3 ;; esac\n")

      expect(build).to have_attributes(status: be_positive, output: /out of luck/, errors: /web: setup script 001 failed with exit code 3/)
      expect(images).to contain_exactly('.web.lock')
    end
  end

  describe 'the password of root' do
    it 'never appears in a process list' do
      build
      expect(host.read('/passwords')).to eq('root:hunter-two')
      expect(commands.grep(/hunter-two/)).to be_empty
    end

    it 'locks the account if empty' do
      host.write("#{definition}/root-password", '')
      build

      expect(commands).to include('usermod --lock root')
      expect(host.exist?('/passwords')).to be(false)
    end
  end

  describe 'the check' do
    it('fails without an image') { expect(built?).to be(false) }

    it 'passes after a build' do
      build
      expect(built?).to be(true)
    end

    ['definition', 'puppet.settings', 'root-password'].each do |name|
      it "fails after a change of #{name}" do
        build
        File.write(host.path("#{definition}/#{name}"), "\n", mode: 'a')

        expect(built?).to be(false)
      end
    end

    it 'passes after a change of the credentials, which are not in the image' do
      build
      host.write("#{definition}/credentials", "forge-key\nanother\n")

      expect(built?).to be(true)
    end

    it 'passes after an edit of the image by the user' do
      build
      host.write("#{image}/etc/motd", 'edited')

      expect(built?).to be(true)
    end

    it 'protects the checksum, from which other users could guess the password' do
      build
      expect(host.mode("#{image}/usr/share/puppet-clone-army/definition.sha256")).to eq('0600')
    end
  end

  describe 'a build that fails' do
    it 'leaves nothing behind when bootstrapping fails' do
      bootstrap("echo no mirror >&2\nexit 1\n")

      expect(build).to have_attributes(status: be_positive, errors: /no mirror/)
      expect(images).to contain_exactly('.web.lock')
    end

    it 'leaves nothing behind when the agent cannot be installed' do
      image_commands("case \"$*\" in *install-the-agent) exit 1 ;; esac\n")

      expect(build.status).to be_positive
      expect(images).to contain_exactly('.web.lock')
    end

    it 'leaves nothing behind when the flavour installs no agent' do
      image_commands("case \"$*\" in *'command -v puppet > /dev/null') exit 1 ;; esac\n")

      expect(build).to have_attributes(status: be_positive, errors: /web: flavour stub installed no agent: there is no command puppet in the image/)
      expect(images).to contain_exactly('.web.lock')
    end

    it 'keeps the previous image' do
      build
      host.write("#{image}/etc/motd", 'edited')
      bootstrap("exit 1\n")

      expect(build.status).to be_positive
      expect(host.read("#{image}/etc/motd")).to eq('edited')
      expect(images).to contain_exactly('web', '.web.lock')
    end
  end

  describe 'overlays' do
    # An overlay as prepare-clone leaves it behind.
    def made_for(record, clone)
      FileUtils.mkdir_p(host.path("/var/lib/puppet-clone-army/#{clone}-overlay"))
      host.write("/var/lib/puppet-clone-army/#{clone}-workdir/base", "#{record} 4711\n")
    end

    it 'can tell the system of the image' do
      build
      expect(host.read("#{image}/usr/share/puppet-clone-army/system")).to eq("Debian 13\n")
    end

    it 'keep an image of another system from being built' do
      build
      made_for('web Debian 13', 'web-1')
      text = host.read("#{definition}/definition")
      host.write("#{definition}/definition", text.sub("RELEASE='13'", "RELEASE='12'"))

      expect(build).to have_attributes(
        status: 1, output: '',
        errors: /\Abuild-base: web: the overlay of web-1 was made for base image web \(Debian 13\), not for web \(Debian 12\): .* rm -rf web-1-\{overlay,workdir\}\n\z/,
      )
      expect(host.read("#{image}/etc/bootstrapped")).to include('Debian 13')
      expect(images).to contain_exactly('web', '.web.lock', 'web-1-overlay', 'web-1-workdir')
    end

    it 'do not hinder an image of the same system, or of another base' do
      made_for('web Debian 13', 'web-1')
      made_for('debian-12 Debian 12', 'clone1')
      expect(build).to have_attributes(status: 0, errors: '')
    end
  end

  it 'does not start without room for an image, but removes an interrupted build' do
    host.write("#{image}-building/etc/half-done", '')
    host.stand_in('df', "printf '%s\\n' Avail 1023")

    expect(build).to have_attributes(status: 1, output: '', errors: /web: building an image needs 1024 MiB, but .* has 1023 MiB free; free up space there/)
    expect(images).to contain_exactly('.web.lock')
  end

  it 'starts over after an interrupted build' do
    host.write("#{image}-building/etc/half-done", '')
    build

    expect(host.exist?("#{image}/etc/half-done")).to be(false)
    expect(images).to contain_exactly('web', '.web.lock')
  end

  it 'keeps the previous image, which clones may use, until the next build' do
    2.times do |i|
      build
      host.write("#{image}/etc/motd", "edited #{i}")
    end
    build

    expect(host.read("#{image}-replaced/etc/motd")).to eq('edited 1')
    expect(host.exist?("#{image}/etc/motd")).to be(false)
  end

  describe 'images that running clones use' do
    # Mounts a clone: the kernel lists its layers, and its root shows the mark of the image.
    def mount(clone, tree)
      root = "/var/lib/machines/#{clone}"
      lowerdir = "#{host.path(image)}:#{host.path('/var/lib/puppet-clone-army/.timer')}"
      File.write(host.path('/proc/1/mountinfo'), "1 2 0:3 / #{host.path(root)} rw - overlay overlay rw,lowerdir=#{lowerdir},upperdir=/u\n", mode: 'a')
      FileUtils.mkdir_p(host.path("#{root}/usr/share/puppet-clone-army"))
      FileUtils.ln(host.path("#{tree}/#{mark}"), host.path("#{root}/#{mark}"))
    end

    let(:mark) { 'usr/share/puppet-clone-army/agent.json' }

    # Builds the image once more, with this text in it.
    def rebuild(text)
      bootstrap("echo #{text} > \"$root/etc/motd\"\n")
      build
    end

    def texts
      (images - ['.web.lock']).to_h { |name| [name, host.read("/var/lib/puppet-clone-army/#{name}/etc/motd").chomp] }
    end

    it 'stay through any number of builds, until no clone uses them' do
      rebuild('first')
      mount('clone1', image)
      rebuild('second')
      rebuild('third')
      expect(texts).to eq('web' => 'third', 'web-replaced' => 'second', '.web-replaced.1' => 'first')

      rebuild('fourth')
      expect(texts).to eq('web' => 'fourth', 'web-replaced' => 'third', '.web-replaced.1' => 'first')

      host.write('/proc/1/mountinfo', '')
      rebuild('fifth')
      expect(texts).to eq('web' => 'fifth', 'web-replaced' => 'fourth')
    end

    it 'are told apart from those that only clones of other images keep' do
      rebuild('first')
      mount('clone1', image)
      host.write('/proc/1/mountinfo', host.read('/proc/1/mountinfo').gsub('/web:', '/other:'))
      2.times { |i| rebuild(i) }
      expect(texts).to eq('web' => '1', 'web-replaced' => '0')
    end

    it 'all stay while a clone hides which one it uses' do
      rebuild('first')
      mount('clone1', image)
      FileUtils.rm(host.path("/var/lib/machines/clone1/#{mark}"))
      rebuild('second')
      rebuild('third')
      expect(texts.values).to contain_exactly('first', 'second', 'third')
    end
  end

  it 'restores the image of a build that was killed while it replaced it' do
    build
    host.write("#{image}/etc/motd", 'edited')
    File.rename(host.path(image), host.path("#{image}-replaced"))
    bootstrap("exit 1\n")

    expect(build.status).to be_positive
    expect(host.read("#{image}/etc/motd")).to eq('edited')
  end

  it 'builds from the definition as it was at the start' do
    host.write("#{libexec}/flavours/stub.sh", "echo PACKAGES=other >> '#{host.path(definition)}/definition'\n")
    build

    expect(built?).to be(false)
    expect(images).to contain_exactly('web', '.web.lock')
  end

  it 'follows absolute links within the image, never to the files of the host' do
    host.write('/precious/ssl/key.pem', 'of the host')
    bootstrap("rm -r \"$root/var/lib/puppet\"; mkdir -p \"$root/srv/ssl\"; touch \"$root/srv/ssl/key.pem\"; ln -s '#{host.path('/precious')}' \"$root/var/lib/puppet\"\n")
    host.write('/real-paths', "/var/lib/puppet/ssl /srv/ssl\n")
    build

    expect(host.read('/precious/ssl/key.pem')).to eq('of the host')
    expect(host.exist?("#{image}/srv/ssl")).to be(false)
  end

  it 'fails and removes nothing else if the agent names no folder for its keys' do
    host.write("#{libexec}/flavours/stub.sh", "setting() { case $1 in ssldir) ;; *) in_image puppet config print --color=false --section agent \"$@\" ;; esac; }\n")

    expect(build).to have_attributes(status: be_positive, errors: /web: cannot resolve the path '' in the image/)
    expect(images).to contain_exactly('.web.lock')
  end

  it 'does not disturb another build of the same image' do
    File.open(host.path('/var/lib/puppet-clone-army/.web.lock'), 'w') do |lock|
      lock.flock(File::LOCK_EX)
      host.write("#{image}-building/etc/in-progress", '')

      expect(build).to have_attributes(status: 1, errors: /another build of web is running/)
      expect(host.exist?("#{image}-building/etc/in-progress")).to be(true)
    end
  end

  it('prints its usage') { expect(host.run("#{libexec}/build-base")).to have_attributes(status: be_positive, errors: /usage: build-base/) }
end
