namespace Slipway.Server.Access;

/// <summary>Whether the server shows a certificate of its own CA, and on which addresses it listens.</summary>
internal sealed record CertificateUse(bool Own, IReadOnlyList<string> Urls);
