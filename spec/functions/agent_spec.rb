# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::agent' do
  flavours = ModuleUnderTest.data.fetch('clone_army::flavours')
  images   = ModuleUnderTest.data.fetch('clone_army::images')
  families = ModuleUnderTest.data.fetch('clone_army::families')
  values   = {
    'version' => '7.34', 'repository' => 'https://mirror.example.com', 'gem' => 'puppet', 'verify_server' => false,
    'local_packages' => ['/srv/agent.deb'], 'credentials' => { 'username' => 'forge-key', 'password' => 'secret' }
  }

  let(:facts) { any_host }

  define_method(:needed) { |definition| values.slice(*definition['needs']) }

  families.values.uniq.each do |family|
    system = images.values.find { |image| families[image['os']] == family }
    has_agents = flavours.select { |_, definition| definition['families'].include?(family) }

    context "for images of the family #{family}" do
      first = has_agents.values.first
      unless first['needs']
        it "defaults to #{has_agents.keys.first}, the first flavour with agents for them" do
          expect(subject.execute('web', system, nil, {})).to include('flavour' => has_agents.keys.first, 'script' => first['script'])
        end
      end

      has_agents.each do |name, definition|
        it "returns what the build needs to know about #{name}" do
          expect(subject.execute('web', system, name, needed(definition))).to include(
            'flavour' => name, 'script' => definition['script'], 'version' => definition['version'],
            'package' => definition['package'], 'repository' => definition.dig('repository', family),
          )
        end

        next unless definition['release_package']

        it "names the release package of #{name} for the major version and the system" do
          package = { '{major}' => '7', '{os}' => system['os'].downcase, '{release}' => system['release'], '{suite}' => system['suite'] }
                    .reduce(definition['release_package'][family]) { |text, (word, value)| text.gsub(word, value) }
          agent = subject.execute('web', system, name, needed(definition).merge('version' => '7.34'))
          expect(agent).to include('release_package' => package, 'version' => '7.34')
        end

        it "accepts another repository for #{name}" do
          options = needed(definition).merge('repository' => 'https://mirror.example.com')
          expect(subject.execute('web', system, name, options))
            .to include('repository' => 'https://mirror.example.com', 'vendor' => definition['repository'][family])
        end
      end

      flavours.except(*has_agents.keys).each_key do |name|
        it "rejects #{name}, which has no agents for them" do
          is_expected.to run.with_params('web', system, name, {}).and_raise_error(
            /base image "web": flavour #{name} has no agent for #{system['os']} #{system['release']}; flavours for it are #{has_agents.keys.join(', ')}/,
          )
        end
      end
    end
  end

  flavours.each do |name, definition|
    system = images.values.find { |image| definition['families'].include?(families[image['os']]) }
    takes  = definition['takes'] + definition.fetch('needs', [])

    values.except(*takes, 'local_packages').each do |option, value|
      it "rejects #{option} for #{name}, which does not take it" do
        is_expected.to run.with_params('web', system, name, needed(definition).merge(option => value))
                          .and_raise_error(/flavour #{name} does not take #{option}; it takes #{takes.empty? ? 'no options' : takes.join(', ')}/)
      end
    end

    definition.fetch('needs', []).each do |option|
      it "requires #{option} for #{name}" do
        is_expected.to run.with_params('web', system, name, {}).and_raise_error(/base image "web": flavour #{name} needs #{option}/)
      end
    end
  end
end
