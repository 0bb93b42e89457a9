//! Granted files and folders as assets: a folder is copied file by file, or packed as a zip archive.

use super::archive::Packer;
use super::limits::Limit;
use super::recorder::{Recorder, Refusal, check_asset_name};
use crate::model::{Asset, Place};
use sha2::{Digest, Sha256};

/// A folder beside the stack's configuration, as it is told to the program.
pub(super) struct Folder {
    pub(super) path: String,
    pub(super) sha256: [u8; 32],
    pub(super) size: u64,
}

impl Recorder {
    /// Adds a granted file to the selected stack.
    pub(super) fn file_asset(&mut self, name: &str, path: &str, place: Place) -> Result<Asset, Refusal> {
        check_asset_name(name)?;
        let file = self.granted_file(path)?;
        self.keep_file_asset(name, file.content, file.executable, place)
    }

    /// Adds a zip archive of a granted folder. One file at a time is held beside the archive.
    pub(super) fn folder_archive(&mut self, name: &str, path: &str, place: Place) -> Result<Asset, Refusal> {
        check_asset_name(name)?;
        let mut packer = Packer::default();
        for found in self.granted_files(path, &|_| false)? {
            let file = self.found_content(path, &found)?;
            packer.add(&found.path, &file.content, file.executable)?;
        }
        self.keep_asset(&format!("{name}.zip"), packer.finish()?, place)
    }

    /// Adds a granted folder with every file in it, hidden ones too.
    pub(super) fn folder_asset(&mut self, name: &str, path: &str, place: Place) -> Result<Folder, Refusal> {
        self.folder_asset_without(name, path, &|_| false, place)
    }

    /// The same without what `skip` says by name.
    pub(super) fn folder_asset_without(
        &mut self,
        name: &str,
        path: &str,
        skip: &dyn Fn(&str) -> bool,
        place: Place,
    ) -> Result<Folder, Refusal> {
        check_asset_name(name)?;
        let mut digest = Sha256::new();
        let mut size = 0;
        let mut files = Vec::new();
        for found in self.granted_files(path, skip)? {
            let file = self.found_content(path, &found)?;
            for part in [found.path.as_bytes(), &file.content, &[u8::from(file.executable)]] {
                digest.update((part.len() as u64).to_le_bytes());
                digest.update(part);
            }
            size += file.content.len() as u64;
            files.push(Asset {
                path: found.path,
                sha256: Sha256::digest(&file.content).into(),
                content: file.content.into(),
                executable: file.executable,
                place: place.clone(),
            });
        }
        if files.is_empty() {
            return Err(super::grants::missing(format!("`{path}` holds no file, and an empty folder is no asset")).into());
        }
        let sha256: [u8; 32] = digest.finalize().into();
        let shown: String = sha256[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = format!("assets/{name}-{shown}");
        for file in &mut files {
            file.path = format!("{folder}/{}", file.path);
        }
        let assets = self.selected_assets();
        let n_assets = (assets.len() + files.len()) as u64;
        assets.extend(files);
        self.limits.check(Limit::Declarations, n_assets)?;
        Ok(Folder { path: folder, sha256, size })
    }
}
