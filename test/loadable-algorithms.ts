import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed } from './clients.ts';
import type { Cleanup } from './program.ts';

/** Reason to skip tests that compile; false if a compiler is there. */
export const withoutCompiler =
  (installed('gcc') === undefined || !existsSync('/usr/include/openssl/core_dispatch.h')) &&
  'gcc or the headers of OpenSSL are not installed';

/** compiled makes a folder with `NAME.so` from C. */
export function compiled(test: Cleanup, name: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'serverhello-loadable-'));
  test.after(async () => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, `${name}.c`), source);
  execFileSync('gcc', ['-shared', '-fPIC', '-w', '-o', `${name}.so`, `${name}.c`], { cwd: folder, timeout: 60_000 });
  return folder;
}

/** Source of a provider whose SHA-256 of everything is 32 times one byte: the value of its parameter `fill`, or `!`. */
export const constantProvider = `
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <string.h>

static unsigned char fill = '!';

static void *begin(void *provider) { static int state; return &state; }
static void end(void *state) {}
static void *copy(void *state) { return state; }
static int init(void *state, const OSSL_PARAM params[]) { return 1; }
static int update(void *state, const unsigned char *in, size_t length) { return 1; }
static int final(void *state, unsigned char *out, size_t *length, size_t size) {
  memset(out, fill, 32);
  *length = 32;
  return 1;
}
static int describe(OSSL_PARAM params[]) {
  for (; params->key != NULL; params++) {
    int number = !strcmp(params->key, "blocksize") ? 64 : !strcmp(params->key, "size") ? 32 : 0;
    if (params->data_type == OSSL_PARAM_UNSIGNED_INTEGER) *(size_t *)params->data = number;
    else *(int *)params->data = 0;
    params->return_size = params->data_size;
  }
  return 1;
}

typedef void (*any)(void);
static const OSSL_DISPATCH digest[] = {
  {OSSL_FUNC_DIGEST_NEWCTX, (any)begin}, {OSSL_FUNC_DIGEST_FREECTX, (any)end}, {OSSL_FUNC_DIGEST_DUPCTX, (any)copy},
  {OSSL_FUNC_DIGEST_INIT, (any)init}, {OSSL_FUNC_DIGEST_UPDATE, (any)update}, {OSSL_FUNC_DIGEST_FINAL, (any)final},
  {OSSL_FUNC_DIGEST_GET_PARAMS, (any)describe}, {0, NULL}};
static const OSSL_ALGORITHM digests[] = {
  {"SHA2-256:SHA-256:SHA256:2.16.840.1.101.3.4.2.1", "provider=constant", digest}, {NULL}};

static const OSSL_ALGORITHM *query(void *provider, int operation, int *no_cache) {
  *no_cache = 0;
  return operation == OSSL_OP_DIGEST ? digests : NULL;
}
static void teardown(void *provider) {}
static const OSSL_DISPATCH functions[] = {
  {OSSL_FUNC_PROVIDER_QUERY_OPERATION, (any)query}, {OSSL_FUNC_PROVIDER_TEARDOWN, (any)teardown}, {0, NULL}};

int OSSL_provider_init(const OSSL_CORE_HANDLE *core, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **provider) {
  char *text = NULL;
  OSSL_PARAM params[] = {{"fill", OSSL_PARAM_UTF8_PTR, &text, 0, 0}, {NULL}};
  for (; in->function_id != 0; in++)
    if (in->function_id == OSSL_FUNC_CORE_GET_PARAMS) ((OSSL_FUNC_core_get_params_fn *)in->function)(core, params);
  if (text != NULL) fill = *text;
  *provider = &fill;
  *out = functions;
  return 1;
}
`;

/** Source of a provider that can be loaded and fails to start. */
export const failingProvider = 'int OSSL_provider_init(void) { return 0; }';

/** Source of an engine whose SHA-256 of everything is 32 times `!`. */
export const constantEngine = `
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/engine.h>
#include <openssl/evp.h>
#include <string.h>

static int init(EVP_MD_CTX *state) { return 1; }
static int update(EVP_MD_CTX *state, const void *in, size_t length) { return 1; }
static int final(EVP_MD_CTX *state, unsigned char *out) { memset(out, '!', 32); return 1; }

static int digests(ENGINE *engine, const EVP_MD **digest, const int **nids, int nid) {
  static const int all[] = {NID_sha256};
  static EVP_MD *ours;
  if (digest == NULL) { *nids = all; return 1; }
  if (ours == NULL) {
    ours = EVP_MD_meth_new(NID_sha256, NID_sha256WithRSAEncryption);
    EVP_MD_meth_set_result_size(ours, 32);
    EVP_MD_meth_set_input_blocksize(ours, 64);
    EVP_MD_meth_set_init(ours, init);
    EVP_MD_meth_set_update(ours, update);
    EVP_MD_meth_set_final(ours, final);
  }
  *digest = ours;
  return nid == NID_sha256;
}

static int bind(ENGINE *engine, const char *id) {
  return ENGINE_set_id(engine, "constant") && ENGINE_set_name(engine, "constant") && ENGINE_set_digests(engine, digests);
}
IMPLEMENT_DYNAMIC_BIND_FN(bind)
IMPLEMENT_DYNAMIC_CHECK_FN()
`;

/** Source of an engine whose random numbers are all `!`. */
export const constantRandomEngine = `
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/engine.h>
#include <openssl/rand.h>
#include <string.h>

static int bytes(unsigned char *out, int length) { memset(out, '!', length); return 1; }
static int status(void) { return 1; }
static RAND_METHOD method = {NULL, bytes, NULL, NULL, bytes, status};

static int bind(ENGINE *engine, const char *id) {
  return ENGINE_set_id(engine, "random") && ENGINE_set_name(engine, "random") && ENGINE_set_RAND(engine, &method);
}
IMPLEMENT_DYNAMIC_BIND_FN(bind)
IMPLEMENT_DYNAMIC_CHECK_FN()
`;
