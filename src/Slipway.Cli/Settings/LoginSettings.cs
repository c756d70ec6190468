using System.Text.Json.Serialization;

namespace Slipway.Cli.Settings;

/// <summary>What login remembers.</summary>
internal sealed record LoginSettings
{
    public string? Server { get; init; }

    public string? Token { get; init; }

    /// <summary>PEM of the CA that vouches for the server, and nothing else does.</summary>
    public string? CertificateAuthority { get; init; }
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LoginSettings))]
internal sealed partial class LoginSettingsJson : JsonSerializerContext;
