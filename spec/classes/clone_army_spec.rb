# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army' do
  let(:facts) { any_host }
  let(:params) { { master: 'puppet.example.com' } }

  # The fleet as units and tasks read it.
  def fleet
    JSON.parse(catalogue.resource('file', '/etc/puppet-clone-army/fleet.json')[:content])
  end

  def base(title)
    catalogue.resource('clone_army::base', title).to_hash
  end

  def titles(type)
    catalogue.resources.select { |resource| resource.type == type }.map(&:title)
  end

  supported_hosts.each do |os, os_facts|
    context "on #{os}" do
      let(:facts) { os_facts }
      let(:params) { super().merge(manage_nodejs: true) }
      let(:image) { image_of(os_facts) }

      it { is_expected.to compile.with_all_deps }

      it 'builds an image of the same system and uses it for the fleet' do
        expect(base(image)).to include(image: image, server: 'puppet.example.com')
        expect(fleet['groups']).to contain_exactly(include('base' => image))
      end

      it 'installs packages for containers and images, and Node.js for the tasks' do
        expect(titles('Package')).to include('systemd-container', a_string_matching(/\Anodejs/))
      end
    end
  end

  describe 'folders with private keys' do
    ['/var/lib/puppet-clone-army', '/var/lib/machines'].each do |folder|
      it { is_expected.to contain_file(folder).with(ensure: 'directory', owner: 'root', group: 'root', mode: '0700') }
    end
  end

  describe 'fleet.json' do
    let(:params) { super().merge(num_clones: 7, clone_prefix: 'load-a', run_mode: 'service') }

    it 'describes the fleet' do
      expect(fleet).to match(
        'version' => 1,
        'host' => 'host.example.com',
        'server' => 'puppet.example.com',
        'run_mode' => 'service',
        'run_interval' => 1800,
        'run_immediately' => false,
        'preload' => false,
        'lanes' => 2 * facts[:processors]['count'],
        'concurrent_runs' => 2 * facts[:processors]['count'],
        'layer' => match(/\A\.service-\h{8}\z/),
        'groups' => [{ 'base' => image_of(facts), 'prefix' => 'load-a', 'first' => 1, 'count' => 7 }],
      )
    end

    context 'on a host with one processor' do
      let(:facts) { super().merge(processors: super()[:processors].merge('count' => 1)) }

      it('has at least two lanes') { expect(fleet['lanes']).to eq(2) }
    end

    context 'with run_mode timer' do
      let(:params) { super().merge(run_mode: 'timer') }

      it 'has more lanes than agents run at the same time' do
        cores = facts[:processors]['count']
        expect(fleet).to include('lanes' => 4 * cores, 'concurrent_runs' => 2 * cores)
      end
    end

    it 'is written before systemd is reloaded' do
      is_expected.to contain_file('/etc/puppet-clone-army/fleet.json')
        .with_mode('0644')
        .that_comes_before('Exec[reload the fleet]')
    end

    it 'is validated against the free space on the disk' do
      is_expected.to contain_file('/etc/puppet-clone-army/fleet.json')
        .with_validate_cmd('/usr/local/libexec/puppet-clone-army/check-fleet %')
        .that_requires('File[/usr/local/libexec/puppet-clone-army/check-fleet]')
    end
  end

  describe 'limits of the host' do
    it 'follow the size of the fleet' do
      is_expected.to contain_class('clone_army::limits').with_clones(fleet['groups'].sum { |group| group['count'] })
    end

    it 'do not change for a fleet that is rejected, or before the clones that left the fleet have stopped' do
      limits = ['/etc/puppet-clone-army/limits', '/etc/dbus-1/system.d/puppet-clone-army.conf', '/etc/systemd/system/systemd-machined.service.d/puppet-clone-army.conf']
      limits.each { |file| is_expected.to contain_file(file).that_requires(['File[/etc/puppet-clone-army/fleet.json]', 'Exec[reload the fleet]']) }
      is_expected.to contain_exec('raise kernel limits').that_requires('Exec[reload the fleet]').that_comes_before('Exec[enable the fleet]')
    end

    # The checksum of the fleet's units covers this one.
    it 'have a unit that systemd loads together with the fleet' do
      is_expected.to contain_file('/etc/systemd/system/puppet-clone-army-limits.service').that_comes_before('Exec[reload the fleet]')
    end
  end

  context 'with agents that run as a service' do
    let(:params) { super().merge(run_mode: 'service') }

    it 'limits the journals of clones, in a layer below the base image' do
      layer = "/var/lib/puppet-clone-army/#{fleet['layer']}"
      is_expected.to contain_file("#{layer}/etc/systemd/journald.conf.d/00-puppet-clone-army.conf")
        .with_content(/^SystemMaxUse=8M\nSystemMaxFileSize=2M$/)
        .that_comes_before('Exec[reload the fleet]')
    end
  end

  it 'checks that the clones trust the CA of their server' do
    script = '/usr/local/libexec/puppet-clone-army/check-ca'
    is_expected.to contain_exec("check the CA of the clones' server")
      .with(command: script, unless: "/usr/bin/test -x #{script} && #{script}")
      .that_requires(['Exec[reload the fleet]', "File[#{script}]"])
  end

  describe 'clones that left the fleet' do
    it('keep their layers') { is_expected.not_to contain_exec('purge clones that left the fleet') }

    context 'with purge_clones => true' do
      let(:params) { super().merge(purge_clones: true) }
      let(:script) { '/usr/local/libexec/puppet-clone-army/purge-clones' }

      it 'lose them after they have stopped' do
        is_expected.to contain_exec('purge clones that left the fleet')
          .with(command: script, unless: "/usr/bin/test -x #{script} && #{script} --check")
          .that_requires(['Exec[reload the fleet]', "File[#{script}]"])
      end
    end
  end

  it 'removes definitions of base images that are not declared any more, and keeps no copy' do
    is_expected.to contain_file('/etc/puppet-clone-army/bases').with(recurse: true, purge: true, force: true, backup: false)
  end

  describe 'units' do
    it 'runs a clone as a machine whose hostname is its certname' do
      is_expected.to contain_file('/etc/systemd/system/puppet-clone-army@.service').with_content(
        %r{^ExecStart=/usr/bin/systemd-nspawn (?:.*\\\n)*.*--machine=%i .*--hostname=%i\.host\.example\.com},
      )
    end

    it 'considers a clone started when its own init is ready' do
      is_expected.to contain_file('/etc/systemd/system/puppet-clone-army@.service')
        .with_content(/^Type=notify$/)
        .with_content(/--notify-ready=yes/)
    end

    it 'restarts a clone that died, but neither one that was shut down nor one that dies again and again' do
      is_expected.to contain_file('/etc/systemd/system/puppet-clone-army@.service')
        .with_content(/^Restart=on-failure$/)
        .with_content(/^RestartPreventExitStatus=0$/)
        .with_content(/^RestartForceExitStatus=133$/)
        .with_content(/^StartLimitIntervalSec=\d+\nStartLimitBurst=\d+$/)
    end

    it 'keeps the boot of the host from waiting for the clones, but the target waits for them' do
      is_expected.to contain_file('/etc/systemd/system/puppet-clone-army.target').with_content(/^DefaultDependencies=no$/)
      is_expected.to contain_file('/etc/systemd/system/puppet-clone-army@.service')
        .with_content(/^Before=puppet-clone-army\.target$/)
    end

    it 'installs an executable systemd generator' do
      is_expected.to contain_file('/etc/systemd/system-generators/puppet-clone-army').with_mode('0755')
    end

    it 'enables the target without starting it' do
      is_expected.to contain_exec('enable the fleet').with(
        command: '/bin/systemctl --quiet --root=/ enable puppet-clone-army.target',
        unless: '/bin/systemctl --quiet --root=/ is-enabled puppet-clone-army.target'
      ).that_requires('Exec[reload the fleet]')
    end

    it('declares no service') { expect(titles('Service')).to be_empty }
  end

  describe 'num_clones' do
    let(:params) { super().merge(run_mode: 'service') }

    context 'when left out' do
      let(:facts) { with_memory(super(), 2048) }

      it('is what the memory holds') { expect(fleet['groups']).to contain_exactly(include('count' => 9)) }
    end

    context 'when the memory holds fewer' do
      let(:facts) { with_memory(super(), 2048) }
      let(:params) { super().merge(num_clones: 21) }

      it { is_expected.to compile.and_raise_error(/num_clones is 21, but the 2048 MiB of memory/) }
    end

    context 'when the memory holds none' do
      let(:facts) { with_memory(super(), 811) }

      it { is_expected.to compile.and_raise_error(/has 811 MiB of memory; a fleet of one clone needs 812/) }
    end

    [0, -1, 10_001, '5'].each do |value|
      context "when #{value.inspect}" do
        let(:params) { super().merge(num_clones: value) }

        it { is_expected.to compile.and_raise_error(/parameter 'num_clones'/) }
      end
    end
  end

  describe 'clone_prefix' do
    context 'when left out' do
      it { expect(fleet['groups']).to contain_exactly(include('prefix' => ModuleUnderTest.default('clone_prefix'))) }
    end

    context 'when it ends in a digit, which would make the number of a clone ambiguous' do
      let(:params) { super().merge(clone_prefix: 'load1') }

      it { is_expected.to compile.and_raise_error(/parameter 'clone_prefix'/) }
    end

    context 'when it makes hostnames too long for Linux' do
      let(:params) { super().merge(clone_prefix: 'a' * 40, num_clones: 10) }
      let(:facts) { super().merge(clone_army: { 'certname' => 'a-long-host.example.com', 'systemd' => 252 }) }

      it { is_expected.to compile.and_raise_error(/hostname "a{40}10\.a-long-host\.example\.com" has 66 characters, but Linux allows 64/) }
    end
  end

  it 'prepares clones only when the file system of images and overlays is mounted' do
    is_expected.to contain_file('/etc/systemd/system/puppet-clone-army-prepare@.service').with_content(%r{^RequiresMountsFor=/var/lib/puppet-clone-army$})
    is_expected.to contain_exec('check the state folder').that_comes_before(['File[/var/lib/puppet-clone-army]', 'File[/etc/puppet-clone-army/fleet.json]'])
  end

  describe 'master' do
    context 'when left out, in a catalog compiled by a server' do
      let(:params) { {} }

      it { expect(fleet['server']).to eq(server_facts_hash['servername']) }
    end

    context 'when left out, in a catalog compiled by one of the servers behind the one that the agent uses' do
      let(:facts) { super().merge(clone_army: super()[:clone_army].merge('server' => 'balancer.example.com')) }
      let(:params) { {} }

      it('is the one that the agent uses') { expect(fleet['server']).to eq('balancer.example.com') }
    end

    context 'when set, in a catalog compiled by another server' do
      let(:params) { { master: 'other.example.com' } }

      it { expect(fleet['server']).to eq('other.example.com') }
    end

    context 'when left out under bolt apply, without a server' do
      let(:facts) { super().merge(bolt: true) }
      let(:params) { {} }

      it { is_expected.to compile.and_raise_error(/"master" is not set.*set it to the certname of the server/) }
    end

    context 'when set under bolt apply' do
      let(:facts) { super().merge(bolt: true) }

      it { expect(fleet['server']).to eq('puppet.example.com') }
    end

    ['Puppet.example.com', 'puppet.example.com.', "puppet.example.com\nx"].each do |value|
      context "when #{value.inspect}, which is not a certname" do
        let(:params) { { master: value } }

        it { is_expected.to compile.and_raise_error(/parameter 'master'/) }
      end
    end
  end

  describe 'a host without systemd' do
    let(:facts) { super().merge(clone_army: { 'certname' => 'host.example.com', 'systemd' => nil }) }

    it { is_expected.to compile.and_raise_error(/systemd is not running on this host/) }
  end

  describe 'base' do
    context 'with a name' do
      let(:params) { super().merge(base: { 'name' => 'web' }) }

      it { expect(titles('Clone_army::Base')).to contain_exactly('web') }
      it { expect(fleet['groups']).to contain_exactly(include('base' => 'web')) }
    end

    context 'with packages, settings and a mirror' do
      let(:params) do
        super().merge(
          base: {
            'name' => 'web',
            'packages' => ['nginx'],
            'puppet_settings' => { 'agent' => { 'runinterval' => '10m' } },
            'mirror' => 'http://mirror.example.com/debian',
          },
        )
      end

      it 'passes them to the base image' do
        expect(base('web')).to include(
          packages: ['nginx'],
          puppet_settings: { 'agent' => { 'runinterval' => '10m' } },
          mirror: 'http://mirror.example.com/debian',
        )
      end
    end

    context 'with an unknown image' do
      let(:params) { super().merge(base: { 'image' => 'haiku-1' }) }

      it { is_expected.to compile.and_raise_error(/there is no image "haiku-1"; the images are [a-z]+-[0-9.]+/) }
    end

    context 'with an unknown key' do
      let(:params) { super().merge(base: { 'colour' => 'red' }) }

      it { is_expected.to compile.and_raise_error(/parameter 'base'.*colour/) }
    end

    it 'is built when the host is ready, before the fleet is defined' do
      title = catalogue.resource('class', 'clone_army::fleet')[:groups].first['base']
      is_expected.to contain_exec("build base image #{title}")
        .that_requires('Class[clone_army::host]')
        .that_comes_before('Class[clone_army::fleet]')
    end

    context 'with other base images declared' do
      let(:post_condition) do
        <<~PUPPET
          clone_army::base { ['web', 'db']:
            server => 'puppet.example.com',
          }
        PUPPET
      end

      it { is_expected.to compile.with_all_deps }
      it { expect(titles('Clone_army::Base')).to contain_exactly(image_of(facts), 'web', 'db') }
      it { expect(fleet['groups'].size).to eq(1) }
    end
  end

  describe 'root_password' do
    let(:file) { catalogue.resource('file', "/etc/puppet-clone-army/bases/#{image_of(facts)}/root-password") }

    # Values that Puppet shows and logs, because they are not marked as sensitive.
    def in_clear_text
      catalogue.resources.flat_map do |resource|
        resource.to_hash.reject { |name, _| resource.sensitive_parameters.include?(name) }.values.map(&:inspect)
      end
    end

    shared_examples 'a secret' do |password|
      it('reaches the image') { expect(file[:content]).to eq(password) }
      it('is sensitive') { expect(file.sensitive_parameters).to include(:content) }
      it('is kept out of diffs') { expect(file[:show_diff]).to be(false) }
      it('is readable only by root') { expect(file[:mode]).to eq('0600') }
    end

    context 'by default' do
      it_behaves_like 'a secret', ModuleUnderTest.default('root_password')
    end

    context 'when wrapped' do
      let(:params) { super().merge(root_password: RSpec::Puppet::Sensitive.new('hunter-two')) }

      it_behaves_like 'a secret', 'hunter-two'
      it('appears nowhere in clear text') { expect(in_clear_text).not_to include(a_string_including('hunter-two')) }
    end

    context 'when plain' do
      let(:params) { super().merge(root_password: 'hunter-two') }

      it_behaves_like 'a secret', 'hunter-two'
    end

    context 'when Sensitive(undef), which locks the account' do
      let(:params) { super().merge(root_password: RSpec::Puppet::RawString.new('Sensitive(undef)')) }

      it_behaves_like 'a secret', ''
    end

    context 'with a line break' do
      let(:params) { super().merge(root_password: "one\ntwo") }

      it { is_expected.to compile.and_raise_error(/parameter 'root_password'/) }
    end
  end

  describe 'manage_nodejs => false' do
    let(:params) { super().merge(manage_nodejs: false) }

    it { is_expected.to compile.with_all_deps }
    it { expect(titles('Package')).to include('systemd-container') }
    it { expect(titles('Package')).not_to include(a_string_matching(/nodejs/)) }
  end

  describe 'preload' do
    let(:fleet) { JSON.parse(catalogue.resource('file', '/etc/puppet-clone-army/fleet.json')[:content]) }
    let(:service) { catalogue.resource('file', '/etc/systemd/system/puppet-clone-army@.service')[:content] }

    it 'is off by default' do
      expect(fleet['preload']).to be(false)
      expect(service).not_to include('preload')
    end

    context 'when true' do
      let(:facts) { super().merge(clone_army: super()[:clone_army].merge('systemd' => 257)) }
      let(:params) { super().merge(preload: true, run_mode: 'timer') }

      it 'shows clones the socket of their loaded agent' do
        expect(fleet['preload']).to be(true)
        expect(service).to match(%r{^  --kill-signal=\S+ --bind-ro=/run/puppet-clone-army/preloaded/%i:/run/puppet-clone-army-preload systemd\.unit=})
      end
    end

    context 'with a resident agent' do
      let(:params) { super().merge(preload: true, run_mode: 'service') }

      it { is_expected.to compile.and_raise_error(/preload is for run_mode => 'timer'/) }
    end
  end

  describe 'share_memory' do
    let(:facts) { super().merge(clone_army: super()[:clone_army].merge('systemd' => 254)) }
    let(:limits) { catalogue.resource('file', '/etc/puppet-clone-army/limits')[:content] }
    let(:service) { catalogue.resource('file', '/etc/systemd/system/puppet-clone-army@.service')[:content] }

    it 'is off by default' do
      expect("#{limits}#{service}").not_to match(%r{mm/ksm|MemoryKSM|setarch})
    end

    context 'when true' do
      let(:params) { super().merge(share_memory: true) }

      it 'turns on merging, and turns off address space randomisation in clones' do
        expect(limits).to match(%r{^/sys/kernel/mm/ksm/run 1$})
        expect(service).to match(%r{^ExecStart=/usr/bin/setarch --addr-no-randomize /usr/bin/systemd-nspawn }).and match(/^MemoryKSM=yes$/)
      end

      context 'with a systemd that is too old' do
        let(:facts) { super().merge(clone_army: super()[:clone_army].merge('systemd' => 253)) }

        it { is_expected.to compile.and_raise_error(/share_memory requires systemd 254, but this host has 253; leave share_memory out here/) }
      end
    end
  end
end
