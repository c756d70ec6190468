namespace Slipway.Contracts.Agents;

/// <summary>The addresses agents call. All but join carry an <see cref="AgentSignature"/>.</summary>
public static class AgentPaths
{
    public const string Join = "/agent/v1/join";
    public const string Connect = "/agent/v1/connect";
    public const string Keys = "/agent/v1/keys";

    /// <summary>Reports of agents on the AWS transport, answered at once.</summary>
    public const string Messages = "/agent/v1/messages";

    /// <summary>How the server sees the instance that asks.</summary>
    public const string Check = "/agent/v1/check";

    /// <summary>Asks the server for a message that goes all the way an assignment does.</summary>
    public const string Ring = "/agent/v1/ring";

    /// <summary>The instance is one no more.</summary>
    public const string Leave = "/agent/v1/leave";

    /// <summary>The server's own CA as PEM, without authentication; 404 where the server uses none.</summary>
    public const string CertificateAuthority = "/agent/v1/ca";

    public static string Artifact(string sha256) => $"/agent/v1/artifacts/{sha256}";

    public static string Secrets(string service, ulong configRevision) => $"/agent/v1/secrets/{service}/{configRevision}";
}
