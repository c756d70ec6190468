using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Checks.Declared;

/// <summary>One kind of question. One object serves all deployments at the same time.</summary>
internal interface ICheckKind
{
    bool Is(CheckDefinition check);

    /// <summary>What it does, in a sentence without a full stop.</summary>
    string Describe(CheckDefinition check);

    /// <summary>True: it asks agents, so it is for services that agents run.</summary>
    bool NeedsAgents(CheckDefinition check) => false;

    /// <summary>Why this server can not ask it. Null: it can.</summary>
    string? Refuse(CheckDefinition check, ServiceDefinition definition) => null;

    /// <summary>Where config values are filled in.</summary>
    IEnumerable<string?> Texts(CheckDefinition check) => [];

    /// <summary>Names of secret config values that it needs.</summary>
    IEnumerable<string> Secrets(CheckDefinition check) => [];

    /// <summary>As a stage of a deployment type: answers soon, is called again, remembers what it said.</summary>
    Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation);
}
