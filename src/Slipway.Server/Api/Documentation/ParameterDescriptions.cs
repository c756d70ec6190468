namespace Slipway.Server.Api.Documentation;

/// <summary>Parameters that mean the same everywhere, described once.</summary>
internal static class ParameterDescriptions
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["service"] = "The service's name.",
        ["environment"] = "The environment's name.",
        ["version"] = "The version's name.",
        ["instance"] = "The instance's name.",
        ["id"] = "The id.",
        ["name"] = "The name.",
        ["deployment"] = "The deployment's id.",
        ["number"] = "The config revision's number.",
        ["revision"] = "The revision's number.",
        ["sha256"] = "The artifact's sha256.",
        ["cursor"] = "Where the page begins: nextCursor of the page before. Absent: the first page.",
        ["limit"] = "How many items at most, 1 to 500. Default: 50.",
        ["search"] = "Only names that contain this.",
        ["branch"] = "Only of this branch.",
        ["status"] = "Only with this status. May be given more than once: any of them.",
        ["createdBy"] = "Only those that this token asked for.",
        ["from"] = "The version to compare with.",
        ["to"] = "The version that is compared.",
        ["held"] = "Only targets that are on hold, or that are not.",
        ["open"] = "True: only what nobody has answered yet; false: only what somebody has.",
        ["connected"] = "Only instances that are connected, or that are not.",
        ["label"] = "Only instances with this label, as key=value.",
        ["dryRun"] = "True: say what would change and change nothing.",
        ["after"] = "Only events after this number.",
        ["actor"] = "Only of this token, instance, or \"anonymous\".",
        ["code"] = "Only refusals with this code.",
        ["since"] = "Only from this time on.",
        ["until"] = "Only before this time.",
        ["lines"] = "How many of the last lines.",
        ["token"] = "What the check has put at the end of the address it gave.",
        ["mode"] = "kayenta: scored as Kayenta scores; slipway: with Slipway's own judge. Default: judge.judgeConfigurations.mode of the canary config, else kayenta.",
        ["follow"] = "True: go on with new lines as they come.",
        ["Upload-Offset"] = "How many bytes have arrived; must be what the server has.",
        ["Last-Event-ID"] = "The last event that was received; the stream goes on after it.",
    };

    public static string? Of(string? name) => name is null ? null : Texts.GetValueOrDefault(name);

    public static string NotFoundCode(string name) => name switch
    {
        "id" => "not_found",
        "sha256" => "artifact_not_found",
        "token" => "check_not_found",
        "number" => "config_revision_not_found",
        "revision" => "definition_not_found",
        _ => $"{name}_not_found",
    };
}
