using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Environments;
using Slipway.Contracts.Feedback;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.Contracts.Versions;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Server.Api.Documentation;

/// <summary>
/// One example for every type that travels. They are the types themselves, written by the API's own JSON: when a field changes, the example changes or
/// does not compile.
/// </summary>
internal static class Examples
{
    private const string Yaml = """
        service: checkout
        run: ./checkout --port ${PORT}
        health: { http: /healthz }
        """;

    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServiceName Checkout = ServiceName.Parse("checkout");
    private static readonly EnvironmentName Production = EnvironmentName.Parse("production");
    private static readonly VersionName V141 = VersionName.Parse("1.4.1");
    private static readonly VersionName V142 = VersionName.Parse("1.4.2");
    private static readonly InstanceName Shop1 = InstanceName.Parse("shop-1");
    private static readonly DeploymentId Deploy = DeploymentId.Parse("d-7k2m9x4q1z");
    private static readonly ArtifactDigest Digest = ArtifactDigest.Parse("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    private static readonly TargetId Target = new(Checkout, Production);
    private static readonly Lazy<Dictionary<Type, object>> All = new(() => Values().ToDictionary(value => value.GetType()));

    /// <summary>Null when there is none.</summary>
    public static JsonNode? Of(Type type, string mediaType)
    {
        if (mediaType.Contains("yaml", StringComparison.Ordinal))
            return Yaml;
        if (!mediaType.Contains("json", StringComparison.Ordinal))
            return null;

        var value = All.Value.GetValueOrDefault(type);
        JsonSerializerContext json = KayentaExamples.IsKayentas(type) ? KayentaJson.Default : ContractsJson.Default;
        return value is null ? null : JsonSerializer.SerializeToNode(value, type, json);
    }

    private static IEnumerable<object> Values() =>
        [.. AccessValues(), .. ServiceValues(), .. VersionValues(), .. TargetValues(), .. DeploymentValues(), .. InstanceValues(), .. FeedbackValues(), .. VerdictExamples.Values(Deploy, Shop1, Noon), .. ConnectionExamples.Values(Noon, Deploy), .. KayentaExamples.Values()];

    private static Page<T> PageOf<T>(T item) => new() { Items = [item], NextCursor = "Y2hlY2tvdXQ" };

    private static IEnumerable<object> AccessValues()
    {
        var token = new Token { Id = "4m8x2k9q7w1z", Name = "ci", Scope = Scope.Deploy, Environments = [EnvironmentName.Parse("dev")], CreatedAt = Noon, CreatedBy = "anna", ExpiresAt = Noon.AddDays(90) };
        var join = new JoinTokenInfo { Id = "8h3k5m7p9r2t", Environment = Production, UsesLeft = 3, ExpiresAt = Noon.AddHours(1), CreatedAt = Noon, CreatedBy = "anna" };
        const string joinSecret = "slj_8h3k5m7p9r2t_SECRET";
        yield return new BeginSession { Token = "slp_4m8x2k9q7w1z_SECRET" };
        yield return new WhoAmI { Name = "ci", Scope = Scope.Deploy, Environments = [EnvironmentName.Parse("dev")], ExpiresAt = Noon.AddDays(90), ServerVersion = "0.1.0", ServerId = "5n7q9s2v4x6z" };
        yield return token;
        yield return PageOf(token);
        yield return new CreateToken { Name = "ci", Scope = Scope.Deploy, Environments = [EnvironmentName.Parse("dev")], ExpiresIn = new Duration(TimeSpan.FromDays(90)) };
        yield return new TokenCreated { Token = token, Secret = "slp_4m8x2k9q7w1z_SECRET" };
        yield return PageOf(join);
        yield return new CreateJoinToken { Environment = Production, Uses = 3, ExpiresIn = Duration.FromMinutes(60) };
        yield return new JoinTokenCreated
        {
            Token = joinSecret,
            ExpiresAt = Noon.AddHours(1),
            Command = $"slipway-agent join --server https://slipway.example.com --token {joinSecret} --environment production --service SERVICE",
        };
        yield return PageOf(new AuditEntry { Id = 4711, Time = Noon, Actor = "ci", Action = "POST /api/v1/deployments", Status = 403, Code = "forbidden", RemoteAddress = "10.1.2.3" });
    }

    private static IEnumerable<object> ServiceValues()
    {
        var definition = new ServiceDefinition
        {
            Service = Checkout,
            Run = ["./checkout", "--port", "${PORT}"],
            Health = new HealthDefinition { Http = "/healthz" },
            Strategy = new Canary { Steps = [new CanaryStep { Soak = Duration.FromSeconds(30) }] },
        };
        var service = new Service { Name = Checkout, Revision = 3, Definition = definition, CreatedAt = Noon, UpdatedAt = Noon, UpdatedBy = "anna" };
        var environment = new SlipwayEnvironment { Name = Production, Description = "What customers see.", Order = 2, Confirm = true, CreatedAt = Noon };
        var config = new ConfigRevision { Target = Target, Number = 4, Values = Pairs("LOG_LEVEL", "info"), SecretNames = ["DB_PASSWORD"], CreatedAt = Noon, CreatedBy = "anna" };
        yield return definition;
        yield return service;
        yield return PageOf(service);
        yield return new ServiceApplied { Service = service, Change = AppliedChange.Updated, Changes = ["health.http: /health → /healthz"] };
        yield return environment;
        yield return PageOf(environment);
        yield return new PutEnvironment { Description = "What customers see.", Order = 2, Confirm = true };
        yield return config;
        yield return PageOf(config);
        yield return new CreateConfigRevision { Values = Pairs("LOG_LEVEL", "info"), Secrets = Pairs("DB_PASSWORD", "correct horse"), KeepSecrets = ["API_KEY"] };
    }

    private static IEnumerable<object> VersionValues()
    {
        var artifact = new Artifact { Sha256 = Digest, Size = 20_971_520, Format = ArtifactKind.TarGzip, FileName = "checkout.tar.gz" };
        var commit = new Commit { Sha = "1f2e3d4", Author = "Anna", Message = "Round the basket's total once", Time = Noon.AddHours(-1) };
        var version = new ServiceVersion
        {
            Service = Checkout,
            Version = V142,
            Number = 57,
            Artifact = artifact,
            DefinitionRevision = 3,
            Commit = "1f2e3d4",
            Branch = "main",
            BuildUrl = "https://ci.example.com/builds/812",
            Commits = [commit],
            CreatedAt = Noon,
            CreatedBy = "ci",
        };
        yield return artifact;
        yield return version;
        yield return PageOf(version);
        yield return new PublishVersion { Version = V142, Artifact = Digest, Format = ArtifactKind.TarGzip, FileName = "checkout.tar.gz", Commit = "1f2e3d4", Branch = "main", Commits = [commit] };
        yield return new VersionComparison { From = V141, To = V142, Direction = ComparisonDirection.Forward, Versions = [version], Commits = [commit], Truncated = false };
        yield return new StartUpload { Sha256 = Digest, Size = 20_971_520 };
        yield return new Upload { Sha256 = Digest, Size = 20_971_520, Offset = 8_388_608, Complete = false };
    }

    private static IEnumerable<object> TargetValues()
    {
        var hold = new Hold { Reason = "Black Friday", PlacedBy = "anna", PlacedAt = Noon };
        var target = new Target
        {
            Service = Checkout,
            Environment = Production,
            Version = V142,
            Commit = "1f2e3d4",
            PublishedAt = Noon.AddHours(-2),
            ConfigRevision = 4,
            Team = "shop",
            Behind = new() { Environment = EnvironmentName.Parse("staging"), Version = VersionName.Parse("1.5.0"), Versions = 3, Commits = 11 },
            PreviousVersion = V141,
            DeployedAt = Noon,
            DeployedBy = "ci",
            Deployment = Deploy,
            Instances = new InstanceCounts(6, 6, 6, 0),
            RunningVersions = new Dictionary<string, int> { ["1.4.2"] = 6 },
        };
        yield return target;
        yield return PageOf(target);
        yield return new PlaceHold { Reason = "Black Friday" };
        yield return hold;
        yield return new AutoDeploy { Branch = "main" };
        yield return new RollbackRequest { Reason = "Payments fail" };
        yield return new RestartRequest { Reason = "A certificate was renewed" };
    }

    private static IEnumerable<object> DeploymentValues()
    {
        var plan = new Plan
        {
            Stages = [new PlannedStage { Name = "prepare", Kind = "prepare", Description = "Fetch and unpack 1.4.2 on 6 instances.", Instances = [Shop1], Deadline = Duration.FromMinutes(10) }],
            Changes = new PlanChanges { FromVersion = V141, ToVersion = V142 },
        };
        var progress = new StageProgress { Name = "prepare", Kind = "prepare", Description = "Fetch and unpack 1.4.2 on 6 instances.", Status = StageStatus.Running, Attempt = 1, StartedAt = Noon };
        var deployment = new Deployment
        {
            Id = Deploy,
            Service = Checkout,
            Environment = Production,
            Version = V142,
            ConfigRevision = 4,
            PreviousVersion = V141,
            Strategy = new Rolling { Batch = Amount.Count(2) },
            Status = DeploymentStatus.Running,
            Plan = plan,
            Stages = [progress],
            CreatedBy = "ci",
            CreatedAt = Noon,
            StartedAt = Noon,
            Sequence = 3,
        };
        var happened = new DeploymentEvent
        {
            Id = 815,
            Deployment = Deploy,
            Service = Checkout,
            Environment = Production,
            Sequence = 3,
            Type = "stageStarted",
            Time = Noon,
            Message = "Stage prepare began.",
            Data = JsonDocument.Parse("""{"stage":"prepare"}""").RootElement,
        };
        yield return new DeploymentRequest { Service = Checkout, Environment = Production, Version = V142, Reason = "Fixes the basket" };
        yield return plan;
        yield return deployment;
        yield return PageOf(deployment);
        yield return new CheckAnswer { Verdict = CheckVerdict.Pass, Reason = "No new errors" };
        yield return new ControlRequest { Reason = "Waiting for the database" };
        yield return PageOf(happened);
        yield return PageOf(new InstanceProgress { Instance = Shop1, Stage = "batch-1", Step = InstanceStep.Checking, Version = "1.4.2", UpdatedAt = Noon });
    }

    private static IEnumerable<object> InstanceValues()
    {
        var instance = new Instance
        {
            Name = Shop1,
            Environment = Production,
            Labels = Pairs("zone", "a"),
            Connected = true,
            AgentVersion = "0.1.0",
            JoinedAt = Noon,
            LastSeenAt = Noon,
            Services = [new InstanceService { Service = Checkout, AssignedVersion = "1.4.2", RunningVersion = "1.4.2", State = "running", Generation = 7, Port = 8080, Since = Noon, PreparedVersions = ["1.4.2", "1.4.1"] }],
        };
        yield return instance;
        yield return PageOf(instance);
        yield return new InstanceSummary
        {
            Total = 6,
            Connected = 6,
            States = new Dictionary<string, int> { ["healthy"] = 6 },
            AgentVersions = new Dictionary<string, int> { ["0.1.0"] = 6 },
            Versions = new Dictionary<string, int> { ["1.4.2"] = 6 },
            Environments = new Dictionary<string, int> { ["production"] = 6 },
            Labels = new Dictionary<string, IReadOnlyList<string>> { ["zone"] = ["a", "b"] },
        };
        yield return new PatchInstance { Labels = Pairs("zone", "b") };
        yield return new LogLine { Instance = Shop1, Line = "listening on 8080" };
    }

    private static IEnumerable<object> FeedbackValues()
    {
        var feedback = new Contracts.Feedback.Feedback
        {
            Id = "f-7k2m9x4q1z8h",
            Text = "Say which instance failed.",
            Page = "/deployments/d-7k2m9x4q1z",
            CreatedBy = "anna",
            CreatedAt = Noon,
            Answer = "It does since 0.2.",
            AnsweredBy = "ops",
            AnsweredAt = Noon.AddDays(1),
        };
        yield return feedback;
        yield return PageOf(feedback);
        yield return new SendFeedback { Text = feedback.Text, Page = feedback.Page };
        yield return new AnswerFeedback { Text = feedback.Answer };
    }

    private static Dictionary<string, string> Pairs(string name, string value) => new() { [name] = value };
}
