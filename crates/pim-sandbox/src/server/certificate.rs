//! The certificate of the sandbox, and the authority that clients trust for it.
//!
//! The authority is made with the certificate, signs it, and its key is forgotten: whoever trusts
//! it trusts this one certificate, for names of this machine, and nothing that is signed later.

use crate::identity::secret_file;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CidrSubnet, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints,
    PKCS_ECDSA_P256_SHA256, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

/// How long a certificate is used. Apple accepts no more than 825 days (*documented*:
/// support.apple.com/103769, 2026-11).
const DAYS: i64 = 800;

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read or written.
    #[error("the certificate cannot be read or written: {0}")]
    File(#[from] io::Error),
    /// It cannot be made, for instance because a name is none.
    #[error("the certificate cannot be made: {0}")]
    Make(#[from] rcgen::Error),
    /// It cannot be used.
    #[error("the certificate cannot be used: {0}; remove `tls.pem` to make a new one")]
    Use(#[from] rustls::Error),
}

/// A certificate, its key, and the authority that clients trust.
pub(crate) struct Certificate {
    /// The authority in PEM, for clients.
    pub(crate) authority: String,
    /// What the server shows.
    pub(crate) server: Arc<ServerConfig>,
}

impl Certificate {
    /// Opens the certificate of a data directory, making it on first start, when it is about to end
    /// and when the names changed; without a directory it is in memory.
    ///
    /// The directory then holds `tls.pem`, with the key, for its owner alone, and `authority.pem` for
    /// clients.
    pub(crate) fn open(
        directory: Option<&Path>,
        names: &[String],
    ) -> Result<Self, CertificateError> {
        let today = Timestamp::now();
        let Some(directory) = directory else { return Self::from_pem(&new_pem(names, today)?) };
        let path = directory.join("tls.pem");
        let make = || new_pem(names, today).map_err(io::Error::other);
        let mut pem = secret_file::read_or_make(&path, make)?;
        if !is_current(&pem, names, today) {
            pem = new_pem(names, today)?;
            secret_file::replace(&path, &pem)?;
        }
        let certificate = Self::from_pem(&pem)?;
        let public = directory.join("authority.pem");
        if fs::read_to_string(&public).ok().as_ref() != Some(&certificate.authority) {
            fs::write(&public, &certificate.authority)?;
        }
        Ok(certificate)
    }

    fn from_pem(pem: &str) -> Result<Self, CertificateError> {
        let unreadable = |_| rustls::Error::General("it is not in PEM".to_owned());
        let mut certificates = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .map_err(unreadable)?;
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(unreadable)?;
        if certificates.len() != 2 {
            return Err(rustls::Error::NoCertificatesPresented.into());
        }
        certificates.truncate(1);
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(certificates, key)?;
        server.alpn_protocols = vec![b"http/1.1".to_vec()];
        let authority = pem.rfind("-----BEGIN CERTIFICATE-----").and_then(|at| pem.get(at..));
        Ok(Self { authority: authority.unwrap_or_default().to_owned(), server: Arc::new(server) })
    }
}

/// Makes a key, a certificate and its authority, in this order, behind a line that says for what
/// names and until when they are.
fn new_pem(names: &[String], today: Timestamp) -> Result<String, rcgen::Error> {
    let end = today.checked_add((DAYS * 24).hours()).unwrap_or(today);
    let begin = today.checked_sub(24.hours()).unwrap_or(today);

    let mut authority = params(Vec::new(), "grantif sandbox (this computer only)", begin, end)?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority.name_constraints = Some(NameConstraints {
        permitted_subtrees: names.iter().map(|name| subtree(name)).collect(),
        excluded_subtrees: Vec::new(),
    });
    let authority = CertifiedIssuer::self_signed(authority, new_key()?)?;

    let mut server = params(names.to_vec(), "localhost", begin, end)?;
    server.use_authority_key_identifier_extension = true;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = new_key()?;
    let certificate = server.signed_by(&key, &authority)?;

    let (key, certificate) = (key.serialize_pem(), certificate.pem());
    Ok(format!("{}{key}{certificate}{}", title(names, end), authority.pem()))
}

fn new_key() -> Result<KeyPair, rcgen::Error> {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)
}

fn params(
    names: Vec<String>,
    title: &str,
    begin: Timestamp,
    end: Timestamp,
) -> Result<CertificateParams, rcgen::Error> {
    let day = |time: Timestamp| {
        let date = time.to_zoned(TimeZone::UTC).date();
        // Invariant: months and days of a calendar are small and positive.
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        date_time_ymd(i32::from(date.year()), month, day)
    };
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, title);
    params.not_before = day(begin);
    params.not_after = day(end);
    Ok(params)
}

fn subtree(name: &str) -> GeneralSubtree {
    match name.parse::<IpAddr>() {
        Ok(address) => {
            let whole = if address.is_ipv4() { 32 } else { 128 };
            GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, whole))
        }
        Err(_) => GeneralSubtree::DnsName(name.to_owned()),
    }
}

fn title(names: &[String], end: Timestamp) -> String {
    format!("Certificate of a grantif sandbox for {} until {end}\n", names.join(" "))
}

/// Whether a certificate is for these names and will be for a month more.
fn is_current(pem: &str, names: &[String], today: Timestamp) -> bool {
    let first = pem.lines().next().unwrap_or_default();
    let end = first.rsplit(' ').next().and_then(|end| end.parse::<Timestamp>().ok());
    let Some(end) = end else { return false };
    let enough = today.checked_add((30 * 24).hours()).is_ok_and(|then| then < end);
    enough && title(names, end).trim_end() == first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec()
    }

    #[test]
    fn is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let first = Certificate::open(Some(folder.path()), &names()).unwrap();
        let second = Certificate::open(Some(folder.path()), &names()).unwrap();
        assert_eq!(first.authority, second.authority);
        let public = fs::read_to_string(folder.path().join("authority.pem")).unwrap();
        assert_eq!(public, first.authority);
        assert!(!public.contains("PRIVATE"));
    }

    #[test]
    fn is_made_anew_for_other_names_and_in_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = Certificate::open(Some(folder.path()), &names()).unwrap();
        let mut more = names();
        more.push("sandbox.example.com".to_owned());
        let second = Certificate::open(Some(folder.path()), &more).unwrap();
        assert_ne!(first.authority, second.authority);

        let today = Timestamp::now();
        let pem = new_pem(&names(), today).unwrap();
        assert!(is_current(&pem, &names(), today));
        let late = today.checked_add((780 * 24).hours()).unwrap();
        assert!(!is_current(&pem, &names(), late));
    }

    #[cfg(unix)]
    #[test]
    fn key_is_its_owners() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Certificate::open(Some(folder.path()), &names()).unwrap();
        let mode = fs::metadata(folder.path().join("tls.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tls.pem");
        let end = Timestamp::now().checked_add((100 * 24).hours()).unwrap();
        fs::write(&path, title(&names(), end)).unwrap();
        let error = Certificate::open(Some(folder.path()), &names()).err().unwrap();
        assert!(error.to_string().contains("remove `tls.pem`"), "{error}");
    }
}
