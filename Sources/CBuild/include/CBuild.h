#pragma once
/// The commit this build was made from, or "unknown" outside a checkout.
const char *gcgan_commit(void);
