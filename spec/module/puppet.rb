# frozen_string_literal: true

# Puppet itself, for tests in TypeScript: reads a list of requests from standard input and answers with a list of results.
#
# - { "code": …, "certname": …, "hiera": { path: text }, "memory_mib": …, "cores": …, "virtual": …, "bolt": … } compiles a catalog
# - { "plan": …, "parameters": … } checks parameters of a plan
# - { "puppetfile": path } reads a Puppetfile
#
# usage: puppet.rb MODULE MODULEPATH...

require 'bolt'
require 'bolt/target'
require 'facterdb'
require 'puppet'
require 'puppetfile-resolver'

module_folder, *modulepath = ARGV
require File.join(module_folder, 'spec/support/hosts')

HOST = Object.new.extend(Hosts)

DEBIAN = Hosts.of('Debian', '13').then { |facts| facts.merge(clone_army: facts[:clone_army].merge('needrestart' => true)) }

def facts_of(request)
  facts = DEBIAN
  facts = HOST.with_memory(facts, request['memory_mib']) if request['memory_mib']
  facts = HOST.with_cores(facts, request['cores']) if request['cores']
  facts = facts.merge(virtual: request['virtual']) if request['virtual']
  facts = facts.merge(networking: { 'ip' => '192.0.2.1' }, bolt: request['bolt'])
  JSON.parse(JSON.generate(facts.compact))
end

# In an environment of its own, with Hiera data if there are any.
def compile(request, modulepath)
  Dir.mktmpdir do |folder|
    root = File.join(folder, 'docs')
    files = { 'environment.conf' => "modulepath = #{modulepath.join(':')}\n", 'manifests/site.pp' => request['code'] }
    files.merge(request['hiera'] || {}).each do |path, text|
      file = File.join(root, path)
      FileUtils.mkdir_p(File.dirname(file))
      File.write(file, text)
    end
    environments = Puppet::Environments::Directories.new(folder, [])
    Puppet.override(environments: environments) do
      node = node_of(request, environments.get(:docs))
      catalog = Puppet.override(current_environment: node.environment) { Puppet::Parser::Compiler.compile(node) }
      { 'files' => catalog.resources.select { |resource| resource.type == 'File' }.to_h { |file| [file.title, text_of(file)] } }
    end
  end
end

def text_of(file)
  content = file[:content]
  content.respond_to?(:unwrap) ? '' : content.to_s
end

def node_of(request, environment)
  name = request['certname'] || 'loadhost.example.com'
  facts = facts_of(request)
  node = Puppet::Node.new(name, facts: Puppet::Node::Facts.new(name, facts), environment: environment)
  node.merge(facts)
  node.add_server_facts('servername' => 'puppet.example.com')
  node.trusted_data = { 'certname' => name, 'authenticated' => 'local', 'extensions' => {} }
  node
end

def check_plan(request, modulepath)
  path = [File.join(Gem.loaded_specs['bolt'].full_gem_path, 'bolt-modules'), *modulepath]
  problems = []
  Puppet::Pal.in_tmp_environment('docs', modulepath: path, facts: {}) do |pal|
    pal.with_script_compiler do |compiler|
      # As Bolt does before it loads a plan.
      compiler.evaluate_string('type TargetSpec = Boltlib::TargetSpec')
      plan = compiler.plan_signature(request['plan']) or raise "there is no plan #{request['plan']}"
      plan.callable_with?(request['parameters']) { |problem| problems << problem }
    end
  end
  raise problems.join('; ') unless problems.empty?

  {}
end

def puppetfile(path)
  parsed = PuppetfileResolver::Puppetfile::Parser::R10KEval.parse(File.read(path))
  { 'modules' => parsed.modules.map { |mod| [mod.title.tr('-', '/'), mod.version.delete('=')] } }
end

def answer(request, modulepath)
  if request['puppetfile']
    puppetfile(request['puppetfile'])
  elsif request['plan']
    check_plan(request, modulepath)
  else
    compile(request, modulepath)
  end
rescue Puppet::Error, RuntimeError => e
  { 'error' => e.message }
end

Dir.mktmpdir do |folder|
  Puppet.initialize_settings(['--confdir', folder, '--vardir', folder, '--strict=error', '--log_level=err'])
  Puppet::Util::Log.destinations.each { |destination| Puppet::Util::Log.close(destination) }
  puts JSON.generate(JSON.parse($stdin.read).map { |request| answer(request, modulepath) })
end
