# frozen_string_literal: true

require 'openssl'

# Keys and certificates of agents.
module Keys
  # A new key, and its certificate.
  def self.create(certname, key = OpenSSL::PKey::RSA.new(2048))
    certificate = OpenSSL::X509::Certificate.new
    certificate.version = 2
    certificate.serial = 1
    certificate.subject = certificate.issuer = OpenSSL::X509::Name.parse("/CN=#{certname}")
    certificate.public_key = key
    certificate.not_before = Time.now - 60
    certificate.not_after = Time.now + 86_400
    [key, certificate.sign(key, OpenSSL::Digest.new('SHA256'))]
  end
end
