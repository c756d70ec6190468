using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>What a service finds in its environment and what placeholders stand for: config, secrets, and what the agent itself knows.</summary>
internal static class ReleaseEnvironment
{
    public static Dictionary<string, string> Create(
        Release release, AgentIdentity identity, uint port, IReadOnlyDictionary<string, string> secrets)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in release.Config)
            values[name] = value;
        foreach (var (name, value) in secrets)
            values[name] = value;
        foreach (var (name, value) in identity.Labels)
            values["label." + name] = value;

        values["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        values["SLIPWAY_SERVICE"] = release.Service;
        values["SLIPWAY_VERSION"] = release.Version;
        values["SLIPWAY_ENVIRONMENT"] = release.Environment;
        values["SLIPWAY_INSTANCE"] = identity.Instance.Value;
        return values;
    }

    /// <summary>
    /// Changes with everything that is written into the version's folder beside the artifact. Secrets are in it by revision: they never change within one.
    /// </summary>
    public static string Fingerprint(Release release, AgentIdentity identity, uint port)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in Create(release, identity, port, new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Add($"{name}={value}");
        foreach (var name in release.SecretNames.Order(StringComparer.Ordinal))
            Add($"secret {name}");
        Add($"revision {release.ConfigRevision} user {release.Spec?.User}");
        foreach (var file in release.Spec?.Files ?? [])
            hash.AppendData(file.ToByteArray());
        hash.AppendData(release.Spec?.PrepareCommand?.ToByteArray() ?? []);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // The length in front keeps "a=b", "c" apart from "a=", "bc".
        void Add(string text) => hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{text.Length}:{text}"));
    }
}
