using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Api;
using Slipway.Server.Configuration;
using Slipway.Server.Environments;
using Slipway.Server.Persistence;
using Slipway.Server.Services.Format;
using Slipway.Server.Targets;

namespace Slipway.Server.Services;

/// <summary>
/// Brings a service to what its slipway.yaml says: a new revision of the definition if it differs, its environments and targets if they are missing,
/// automatic deployment as the file says, and a new config revision for each target whose values differ. Applying the same again changes nothing.
/// </summary>
internal sealed class Applying(
    IDbContextFactory<SlipwayDb> databases,
    ServiceCatalog catalog,
    EnvironmentStore environments,
    ConfigStore configs,
    TimeProvider clock)
{
    /// <param name="refuseChange">Whether the caller may change what is deployed to an environment.</param>
    public async Task<Outcome<ServiceApplied>> ApplyAsync(
        ServiceDefinition definition, string actor, Func<EnvironmentName, Refusal?> refuseChange, bool dryRun, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            var change = new Change(db, definition, actor, clock.GetUtcNow());
            await FindAsync(change, cancellation);
            if (change.Touched.Select(refuseChange).FirstOrDefault(refusal => refusal is not null) is { } refusal)
                return refusal;

            if (dryRun || change.Lines.Count == 0)
                return change.ToApplied();

            foreach (var environment in change.NewEnvironments)
                await environments.EnsureAsync(environment, cancellation);

            try
            {
                await db.SaveChangesAsync(cancellation);
                return change.ToApplied();
            }
            catch (DbUpdateException e) when (attempt < WriteConflict.MostAttempts && WriteConflict.Is(e))
            {
                // Somebody applied, deployed or configured in the same moment; the next attempt sees it.
            }
        }
    }

    private async Task FindAsync(Change change, CancellationToken cancellation)
    {
        await FindDefinitionAsync(change, cancellation);
        var targets = await change.Db.Set<TargetRow>().Where(row => row.Service == change.Service).ToListAsync(cancellation);
        foreach (var environment in change.Definition.Environments.Keys)
        {
            if (targets.Any(target => target.Environment == environment))
                continue;

            targets.Add(change.AddTarget(environment));
            if (!await change.Db.Set<EnvironmentRow>().AnyAsync(row => row.Name == environment, cancellation))
                change.AddEnvironment(environment);
        }

        foreach (var target in targets)
        {
            change.SetAutoDeploy(target);
            await FindConfigAsync(change, target.Id, cancellation);
        }
    }

    private async Task FindDefinitionAsync(Change change, CancellationToken cancellation)
    {
        var row = await change.Db.Set<ServiceRow>().SingleOrDefaultAsync(row => row.Name == change.Service, cancellation);
        var before = row is null ? null : await catalog.GetDefinitionAsync(change.Service, row.Revision, cancellation);
        var last = await change.Db.Set<DefinitionRow>().Where(other => other.Service == change.Service).MaxAsync(other => (int?)other.Revision, cancellation);
        change.SetDefinition(row, before, (last ?? 0) + 1);
    }

    private async Task FindConfigAsync(Change change, TargetId target, CancellationToken cancellation)
    {
        var newest = await ConfigStore.NewestRowAsync(change.Db, target, cancellation);
        var current = newest?.Values ?? new Dictionary<string, string>();
        var secrets = newest?.EncryptedSecrets ?? new Dictionary<string, string>();
        var file = ServiceRules.ConfigFor(change.Definition, target.Environment);
        var fileBefore = change.Before is null ? new Dictionary<string, string>() : ServiceRules.ConfigFor(change.Before, target.Environment);
        var merged = ConfigMerge.Merge(fileBefore, file, current, secrets.Keys);
        if (ConfigMerge.Same(current, merged))
            return;

        var number = (newest?.Number ?? 0) + 1;
        change.Db.Add(configs.NewRow(target, number, merged, secrets, change.Actor));
        change.Add(target.Environment, $"{target.Environment}: config revision {number} ({ConfigMerge.Describe(current, merged)})");
    }

    /// <summary>What one attempt finds to change; written by the caller.</summary>
    private sealed class Change(SlipwayDb db, ServiceDefinition definition, string actor, DateTimeOffset now)
    {
        private ServiceRow? row;
        private bool created;

        public SlipwayDb Db => db;

        public ServiceDefinition Definition => definition;

        public ServiceName Service => definition.Service;

        public string Actor => actor;

        public ServiceDefinition? Before { get; private set; }

        public List<string> Lines { get; } = [];

        public HashSet<EnvironmentName> Touched { get; } = [];

        public List<EnvironmentName> NewEnvironments { get; } = [];

        public void SetDefinition(ServiceRow? existing, ServiceDefinition? before, int nextRevision)
        {
            (row, Before, created) = (existing, before, existing is null);
            if (row is not null && before is not null && Json(before) == Json(definition))
                return;

            if (row is null)
                db.Add(row = new ServiceRow { Name = Service, CreatedAt = now });

            Lines.AddRange(before is null ? [$"service {Service}: created"] : Differences.Between(before, definition));
            (row.Revision, row.UpdatedAt, row.UpdatedBy) = (nextRevision, now, actor);
            db.Add(new DefinitionRow { Service = Service, Revision = nextRevision, Definition = definition, CreatedAt = now, CreatedBy = actor });
        }

        public TargetRow AddTarget(EnvironmentName environment)
        {
            var target = new TargetRow { Service = Service, Environment = environment };
            db.Add(target);
            Add(environment, $"{environment}: target created");
            return target;
        }

        public void AddEnvironment(EnvironmentName environment)
        {
            NewEnvironments.Add(environment);
            Add(environment, $"environment {environment}: created");
        }

        /// <summary>The file's word counts where it has one, and where it had one before; else the branch is the API's.</summary>
        public void SetAutoDeploy(TargetRow target)
        {
            var wanted = definition.Environments.GetValueOrDefault(target.Environment)?.AutoDeployBranch;
            var before = Before?.Environments.GetValueOrDefault(target.Environment)?.AutoDeployBranch;
            if (wanted == target.AutoDeployBranch || (wanted is null && (before is null || before != target.AutoDeployBranch)))
                return;

            target.AutoDeployBranch = wanted;
            target.Stamp++;
            Add(target.Environment, wanted is null
                ? $"{target.Environment}: new versions are not deployed by themselves any more"
                : $"{target.Environment}: every new version of branch {wanted} is deployed by itself");
        }

        public void Add(EnvironmentName environment, string line)
        {
            Touched.Add(environment);
            Lines.Add(line);
        }

        public ServiceApplied ToApplied() => new()
        {
            Service = row!.ToService(definition),
            Change = created ? AppliedChange.Created : Lines.Count > 0 ? AppliedChange.Updated : AppliedChange.Unchanged,
            Changes = Lines,
        };

        private static string Json(ServiceDefinition value) => System.Text.Json.JsonSerializer.Serialize(value, ContractsJson.Default.ServiceDefinition);
    }
}
