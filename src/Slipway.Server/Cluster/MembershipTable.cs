using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Cluster;

/// <summary>Orleans' table of nodes in our own database: every change is fenced by the version of the whole table and the stamp of the row.</summary>
internal sealed partial class MembershipTable(IDbContextFactory<SlipwayDb> databases, ILogger<MembershipTable> log) : IMembershipTable
{
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (!tryInitTableVersion || await db.Set<NodesVersionRow>().AnyAsync())
            return;

        db.Add(new NodesVersionRow());
        await TrySaveAsync(db);
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.Set<NodeRow>().ExecuteDeleteAsync();
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        var dead = nameof(SiloStatus.Dead);
        await using var db = await databases.CreateDbContextAsync();
        await db.Set<NodeRow>().Where(row => row.Status == dead && row.AliveAt < beforeDate && row.StartedAt < beforeDate).ExecuteDeleteAsync();
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var silo = key.ToParsableString();
        await using var db = await databases.CreateDbContextAsync();
        var version = await VersionAsync(db);
        return await db.Set<NodeRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Silo == silo) is { } row ? new(Entry(row), version) : new(version);
    }

    public async Task<MembershipTableData> ReadAll()
    {
        await using var db = await databases.CreateDbContextAsync();

        // The version first: rows that are newer than it only make the next change lose and look again.
        var version = await VersionAsync(db);
        var rows = await db.Set<NodeRow>().AsNoTracking().ToListAsync();
        return new([.. rows.Select(Entry)], version);
    }

    public async Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        await using var db = await databases.CreateDbContextAsync();
        await AdviseAsync(db, entry);
        db.Add(Row(entry, stamp: 0));
        Raise(db, tableVersion);
        return await TrySaveAsync(db);
    }

    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        await using var db = await databases.CreateDbContextAsync();
        var stamp = int.Parse(etag, CultureInfo.InvariantCulture);
        var changed = db.Update(Row(entry, stamp));
        changed.Property(row => row.Beat).IsModified = false;
        changed.Entity.Stamp = stamp + 1;
        Raise(db, tableVersion);
        return await TrySaveAsync(db);
    }

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        var (silo, alive) = (entry.SiloAddress.ToParsableString(), Time(entry.IAmAliveTime));
        await using var db = await databases.CreateDbContextAsync();
        await db.Set<NodeRow>().Where(row => row.Silo == silo).ExecuteUpdateAsync(set => set.SetProperty(row => row.AliveAt, alive));
    }

    /// <summary>What is forgotten most often when a second machine comes, said before the attempt to reach the others fails with less clear words.</summary>
    private async Task AdviseAsync(SlipwayDb db, MembershipEntry joining)
    {
        var dead = nameof(SiloStatus.Dead);
        var elsewhere = await db.Set<NodeRow>().AsNoTracking().Where(row => row.Status != dead && row.HostName != joining.HostName).ToListAsync();
        if (elsewhere.Count == 0)
            return;

        if (IPAddress.IsLoopback(joining.SiloAddress.Endpoint.Address))
            LogLoopback("This node", elsewhere[0].HostName);
        else if (elsewhere.Find(row => IPAddress.IsLoopback(SiloAddress.FromParsableString(row.Silo).Endpoint.Address)) is { } hidden)
            LogLoopback($"The node {hidden.Name} on {hidden.HostName}", joining.HostName ?? "this machine");
    }

    /// <summary>Orleans passes the version that the change makes.</summary>
    private static void Raise(SlipwayDb db, TableVersion next)
    {
        var row = new NodesVersionRow { Version = next.Version - 1 };
        db.Attach(row);
        row.Version = next.Version;
    }

    private static async Task<bool> TrySaveAsync(SlipwayDb db)
    {
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            return false;
        }
    }

    private static async Task<TableVersion> VersionAsync(SlipwayDb db)
    {
        var version = await db.Set<NodesVersionRow>().AsNoTracking().Select(row => row.Version).SingleAsync();
        return new(version, version.ToString(CultureInfo.InvariantCulture));
    }

    private static Tuple<MembershipEntry, string> Entry(NodeRow row) => Tuple.Create(
        new MembershipEntry
        {
            SiloAddress = SiloAddress.FromParsableString(row.Silo),
            SiloName = row.Name,
            HostName = row.HostName,
            Status = Enum.Parse<SiloStatus>(row.Status),
            SuspectTimes = [.. row.Suspicions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Suspicion)],
            StartTime = row.StartedAt.UtcDateTime,
            IAmAliveTime = row.AliveAt.UtcDateTime,
        },
        row.Stamp.ToString(CultureInfo.InvariantCulture));

    private static NodeRow Row(MembershipEntry entry, int stamp) => new()
    {
        Silo = entry.SiloAddress.ToParsableString(),
        Name = entry.SiloName ?? "",
        HostName = entry.HostName ?? "",
        Status = entry.Status.ToString(),
        Suspicions = string.Join(' ', (entry.SuspectTimes ?? []).Select(Text)),
        StartedAt = Time(entry.StartTime),
        AliveAt = Time(entry.IAmAliveTime),
        Stamp = stamp,
    };

    private static string Text(Tuple<SiloAddress, DateTime> suspicion) =>
        string.Create(CultureInfo.InvariantCulture, $"{suspicion.Item1.ToParsableString()}={Time(suspicion.Item2).ToUnixTimeMilliseconds()}");

    private static Tuple<SiloAddress, DateTime> Suspicion(string text)
    {
        var parts = text.Split('=');
        return Tuple.Create(SiloAddress.FromParsableString(parts[0]), DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)).UtcDateTime);
    }

    private static DateTimeOffset Time(DateTime time) => time == default ? DateTimeOffset.UnixEpoch : new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Which} can be reached from its own machine alone, and not from {Other}: Slipway:Cluster:Address is not set there. Set it to an address that the other nodes reach.")]
    private partial void LogLoopback(string which, string other);
}
