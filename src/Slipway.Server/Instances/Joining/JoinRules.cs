using System.Security.Cryptography;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;

namespace Slipway.Server.Instances.Joining;

/// <summary>What an instance may say of itself.</summary>
internal static class JoinRules
{
    public const int MaximumServices = 50;
    public const int MaximumLabels = 50;
    public const int MaximumLabelName = 63;
    public const int MaximumLabelValue = 200;

    private const string P256 = "1.2.840.10045.3.1.7";

    public static Refusal? Check(JoinRequest request)
    {
        if (request.AgentVersion.Length > 100)
            return Refusal.Invalid("agentVersion", "An agent's version has at most 100 characters.");

        return CheckServices(request.Services) ?? CheckLabels(request.Labels);
    }

    public static Refusal? CheckServices(IReadOnlyList<ServiceName> services)
    {
        if (services.Count > MaximumServices)
            return Refusal.Invalid("services", $"An instance runs at most {MaximumServices} services.");

        return services.Distinct().Count() == services.Count ? null : Refusal.Invalid("services", "A service is named twice.");
    }

    public static Refusal? CheckLabels(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count > MaximumLabels)
            return Refusal.Invalid("labels", $"An instance has at most {MaximumLabels} labels.");

        foreach (var (name, value) in labels)
        {
            if (name.Length is 0 or > MaximumLabelName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/'))
                return Refusal.Invalid("labels", $"A label's name is 1 to {MaximumLabelName} letters, digits and . _ - /.");

            if (value.Length > MaximumLabelValue || value.Any(char.IsControl))
                return Refusal.Invalid("labels", $"The value of label {name} has more than {MaximumLabelValue} characters or a control character in it.");
        }

        return null;
    }

    /// <summary>ECDSA on P-256 and nothing else.</summary>
    public static Outcome<byte[]> ParseKey(string text)
    {
        var key = new byte[200];
        if (!Convert.TryFromBase64String(text, key, out var length) || !IsP256(key.AsSpan(0, length)))
            return Refusal.Invalid("publicKey", "The public key is the base64 of a DER SubjectPublicKeyInfo with an ECDSA key on P-256.");

        return key[..length];
    }

    private static bool IsP256(ReadOnlySpan<byte> key)
    {
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(key, out var read);
            return read == key.Length && ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
