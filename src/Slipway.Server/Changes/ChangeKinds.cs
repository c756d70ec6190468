namespace Slipway.Server.Changes;

/// <summary>What may be created, changed or deleted, as the stream names it.</summary>
internal static class ChangeKinds
{
    public const string Services = "services";
    public const string Environments = "environments";
    public const string Versions = "versions";
    public const string Config = "config";
    public const string Instances = "instances";
    public const string Tokens = "tokens";
    public const string JoinTokens = "joinTokens";
    public const string Feedback = "feedback";
    public const string Connections = "connections";

    public static IReadOnlyList<string> All { get; } = [Services, Environments, Versions, Config, Instances, Tokens, JoinTokens, Feedback, Connections];

    /// <summary>The kind whose things are rows of this table.</summary>
    public static string? OfTable(string? table) => table switch
    {
        "services" => Services,
        "environments" => Environments,
        "versions" => Versions,
        "config_revisions" => Config,
        "instances" => Instances,
        "tokens" => Tokens,
        "join_tokens" => JoinTokens,
        "feedback" => Feedback,
        "connections" => Connections,
        _ => null,
    };
}
