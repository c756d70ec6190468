using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Api;
using Slipway.Server.Configuration;
using Slipway.Server.Environments;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Versions;

namespace Slipway.Server.Deployments;

/// <summary>From what was asked for to what would be done: fills in defaults, looks everything up, and lets the deployment type make the plan. Changes nothing.</summary>
internal sealed class DeploymentPlanner(IDbContextFactory<SlipwayDb> databases, DeploymentTypeCatalog types, ICheckStages checks)
{
    public async Task<Outcome<PlannedDeployment>> PlanAsync(
        DeploymentRequest request, CancellationToken cancellation, DeploymentKind kind = DeploymentKind.Deploy, OutsideRun? outside = null)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Set<ServiceRow>().FindAsync([request.Service], cancellation) is null)
            return Refusal.NotFound("service", request.Service);

        if (await db.Set<EnvironmentRow>().FindAsync([request.Environment], cancellation) is null)
            return Refusal.NotFound("environment", request.Environment);

        var target = await TargetOf(db, request, cancellation);
        if (await VersionAsync(db, request, cancellation) is not { } version)
        {
            return request.Version is { } missing
                ? Refusal.NotFound("version", $"{missing} of {request.Service}")
                : Refusal.Conflict("no_version", $"{request.Service} has no version yet. Publish one (slipway publish {request.Service} <version> <path>).");
        }

        var newest = await db.Set<ConfigRevisionRow>().Where(row => row.Service == request.Service && row.Environment == request.Environment).MaxAsync(row => (int?)row.Number, cancellation) ?? 0;
        if (request.ConfigRevision > newest)
            return Refusal.NotFound("config revision", $"{request.ConfigRevision} of {request.Service} in {request.Environment}");

        var definition = await DefinitionAsync(db, version, cancellation);
        return await PlanAsync(db, request, kind, target, new(version.Version, request.ConfigRevision ?? newest), version, definition, outside, cancellation);
    }

    private async Task<Outcome<PlannedDeployment>> PlanAsync(
        SlipwayDb db,
        DeploymentRequest request,
        DeploymentKind kind,
        TargetRow target,
        Release release,
        VersionRow version,
        ServiceDefinition definition,
        OutsideRun? outside,
        CancellationToken cancellation)
    {
        if (!types.TryGet(definition.Type, out var type))
            return Refusal.Invalid("type", $"{request.Service} is of type {definition.Type}, which this server does not have. It has: {string.Join(", ", types.Names)}.");

        var strategy = request.Strategy ?? definition.Environments.GetValueOrDefault(request.Environment)?.Strategy ?? definition.Strategy ?? type.DefaultStrategy;
        Release? current = target.Version is { } running ? new(running, target.ConfigRevision) : null;
        var references = await References.OfAsync(db, request.Service, release.Version, cancellation);
        var asked = new PlanRequest
        {
            Target = target.Id,
            Release = release,
            Current = current,
            Kind = kind,
            Strategy = strategy,
            Definition = definition,
            References = references,
            Rebuild = request.Rebuild,
            Outside = outside,
        };
        var result = await type.PlanAsync(asked, cancellation);
        if (result is PlanResult.Planned bare)
            result = await checks.PlanAsync(asked, bare, cancellation);

        if (result is not PlanResult.Planned planned)
        {
            var impossible = (PlanResult.Impossible)result;
            return Refusal.Conflict(impossible.Code, impossible.Reason);
        }

        var changes = await PlanFacts.ChangesAsync(db, target, release, version, cancellation);
        return new PlannedDeployment
        {
            Target = target.Id,
            Release = release,
            Definition = definition,
            Strategy = strategy,
            Previous = current,
            PreviousDefinition = current is null ? null : await PreviousDefinitionAsync(db, request.Service, current, cancellation),
            References = references,
            PreviousReferences = current is null ? [] : await References.OfAsync(db, request.Service, current.Version, cancellation),
            Plan = new()
            {
                Stages = planned.Stages,
                Absent = planned.Absent,
                Warnings = [.. planned.Warnings, .. PlanFacts.Warnings(target, version, kind)],
                Changes = changes,
                ExpectedDuration = await PlanFacts.ExpectedDurationAsync(db, target, kind, strategy, cancellation),
            },
        };
    }

    private static async Task<TargetRow> TargetOf(SlipwayDb db, DeploymentRequest request, CancellationToken cancellation) =>
        await db.Set<TargetRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == request.Service && row.Environment == request.Environment, cancellation)
        ?? new() { Service = request.Service, Environment = request.Environment };

    private static async Task<VersionRow?> VersionAsync(SlipwayDb db, DeploymentRequest request, CancellationToken cancellation) => request.Version is { } version
        ? await db.Set<VersionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == request.Service && row.Version == version, cancellation)
        : await db.Set<VersionRow>().AsNoTracking().Where(row => row.Service == request.Service).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Version).FirstOrDefaultAsync(cancellation);

    private static async Task<ServiceDefinition> DefinitionAsync(SlipwayDb db, VersionRow version, CancellationToken cancellation) =>
        (await db.Set<DefinitionRow>().AsNoTracking().FirstAsync(row => row.Service == version.Service && row.Revision == version.DefinitionRevision, cancellation)).Definition;

    private static async Task<ServiceDefinition?> PreviousDefinitionAsync(SlipwayDb db, ServiceName service, Release current, CancellationToken cancellation) =>
        await db.Set<VersionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == service && row.Version == current.Version, cancellation) is { } row
            ? await DefinitionAsync(db, row, cancellation)
            : null;
}
