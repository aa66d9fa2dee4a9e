import { type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses';

/** What the shipped binary may do. Electron reads it at start, and nobody can change it in a signed app. */
export const FUSES = {
  version: FuseVersion.V1,
  // A fuse that a newer Electron brings has to be decided here before anything is packaged.
  strictlyRequireAllFuses: true,
  // A re-signing on the build machine; the real signature comes after.
  resetAdHocDarwinSignature: true,
  // The app cannot be turned into a plain Node that runs anybody's script.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  // Without it the integrity check could be side-stepped by a folder beside the archive.
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from `app:`; `file:` needs no rights.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseConfig;
