import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';

/** A certificate and its key, both in PEM format. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority for tests. */
export class Authority {
  readonly #folder: string;
  /** Its own certificate, in PEM format. */
  readonly cert: string;

  private constructor(folder: string, cert: string) {
    this.#folder = folder;
    this.cert = cert;
  }

  static async make(folder: string): Promise<Authority> {
    await fs.ensureDir(folder);
    const files = ['-keyout', 'ca.key', '-out', 'ca.pem'];
    const subject = ['-subj', `/CN=CA ${path.basename(folder)}`, '-days', '2'];
    await execa('openssl', ['req', '-x509', ...KEY, ...files, ...subject], { cwd: folder });
    await fs.writeFile(path.join(folder, 'database'), '');
    await fs.writeFile(
      path.join(folder, 'ca.conf'),
      `[ca]
default_ca = this
[this]
database = database
new_certs_dir = .
rand_serial = yes
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = policy
copy_extensions = copy
unique_subject = no
[policy]
commonName = supplied
`,
    );
    return new Authority(folder, await fs.readFile(path.join(folder, 'ca.pem'), 'utf8'));
  }

  /** @param until - Last day of validity, as YYYYMMDD */
  async issue(host: string, until = '20491231'): Promise<Certificate> {
    const cwd = this.#folder;
    const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    await execa('openssl', ['req', '-new', ...KEY, '-keyout', 'key.pem', '-out', 'request.pem', ...names], {
      cwd,
    });
    const dates = ['-startdate', '20200101000000Z', '-enddate', `${until}000000Z`];
    const files = ['-config', 'ca.conf', '-in', 'request.pem', '-out', 'cert.pem', '-notext'];
    await execa('openssl', ['ca', '-batch', ...files, ...dates], { cwd });
    const read = (name: string) => fs.readFile(path.join(cwd, name), 'utf8');
    return { cert: await read('cert.pem'), key: await read('key.pem') };
  }
}
