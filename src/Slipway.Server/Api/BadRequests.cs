using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Server.Api;

/// <summary>Says in a user's words what the framework found wrong with a request: which field, and what it must be.</summary>
internal static partial class BadRequests
{
    private static readonly Dictionary<string, string> Rules = new()
    {
        [nameof(ServiceName)] = ServiceName.Rule,
        [nameof(EnvironmentName)] = EnvironmentName.Rule,
        [nameof(VersionName)] = VersionName.Rule,
        [nameof(InstanceName)] = InstanceName.Rule,
        [nameof(DeploymentId)] = DeploymentId.Rule,
        [nameof(ArtifactDigest)] = ArtifactDigest.Rule,
        [nameof(Duration)] = Duration.Rule,
        [nameof(Amount)] = Amount.Rule,
        ["int"] = "It must be a whole number.",
        ["long"] = "It must be a whole number.",
        ["bool"] = "It must be true or false.",
        ["DateTimeOffset"] = "It must be a time such as 2026-01-31T12:00:00Z.",
    };

    public static Refusal TooLarge { get; } = new(
        "too_large", StatusCodes.Status413PayloadTooLarge, $"The body is larger than {ApiModule.LargestBody / 1024 / 1024} MB. Files go through /api/v1/uploads.");

    public static Refusal WrongMediaType { get; } = new(
        "unsupported_media_type", StatusCodes.Status415UnsupportedMediaType, "Send the body as JSON with the header \"Content-Type: application/json\".");

    private static Refusal BodyMissing { get; } = new(
        "invalid_request", StatusCodes.Status400BadRequest, "The request needs a JSON body; /docs shows an example.");

    public static Refusal Explain(BadHttpRequestException exception)
    {
        if (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
            return TooLarge;
        if (exception.StatusCode == StatusCodes.Status415UnsupportedMediaType)
            return WrongMediaType;
        if (exception.InnerException is JsonException json)
            return JsonProblems.Explain(json);
        if (exception.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal))
            return BodyMissing;
        if (BadParameter().Match(exception.Message) is { Success: true } bad)
            return Parameter(Name(bad), Rules.GetValueOrDefault(bad.Groups["type"].Value, "This value is not possible here."));
        if (MissingParameter().Match(exception.Message) is { Success: true } missing)
            return missing.Groups["from"].Value == "body" ? BodyMissing : Refusal.Invalid(Name(missing), $"{Name(missing)} is missing.");

        return new("invalid_request", exception.StatusCode, "The request is not well-formed HTTP for this address; /docs shows an example.");
    }

    // 'Failed to bind parameter "ServiceName service" from "X".'
    [GeneratedRegex("""^Failed to bind parameter "(Nullable<)?(?<type>\w+)[>?]* (?<name>\w+)" from """)]
    private static partial Regex BadParameter();

    // 'Required parameter "string id" was not provided from query string.'
    [GeneratedRegex("""^Required parameter "(?<type>\S+) (?<name>\w+)" was not provided from (?<from>\w+)""")]
    private static partial Regex MissingParameter();

    private static Refusal Parameter(string name, string rule) => Refusal.Invalid(name, rule) with { Detail = $"{name}: {rule}" };

    private static string Name(Match match) => JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value);
}
