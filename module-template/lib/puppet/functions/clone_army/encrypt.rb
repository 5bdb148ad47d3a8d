# frozen_string_literal: true

require 'openssl'

# Encrypts a secret, so that only the owner of a certificate can read it.
#
# @api private
Puppet::Functions.create_function(:'clone_army::encrypt') do
  # @param secret The secret
  # @param certificate Certificate of an RSA key, in PEM format
  # @return The encrypted secret (PKCS #7), in PEM format
  # @raise Puppet::Error, if the certificate is invalid
  dispatch :encrypt do
    param 'Sensitive[String]', :secret
    param 'String[1]', :certificate
    return_type 'String[1]'
  end

  def encrypt(secret, certificate)
    recipient = OpenSSL::X509::Certificate.new(certificate)
    cipher = OpenSSL::Cipher.new('aes-256-cbc')
    OpenSSL::PKCS7.encrypt([recipient], secret.unwrap, cipher, OpenSSL::PKCS7::BINARY).to_pem
  rescue OpenSSL::OpenSSLError => e
    raise Puppet::Error, "clone_army: cannot encrypt secrets for the certificate in the fact clone_army of this host: #{e.message}; " \
                         'update the module on the server, so that its agents get the current fact'
  end
end
