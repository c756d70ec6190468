using System.Text;
using Slipway.Agent.Signals.Lines;
using Xunit;

namespace Slipway.Agent.Tests.Signals;

public sealed class LevelOfLineTests
{
    [Theory]
    [InlineData("2026-12-01 08:40:32,123 ERROR [main] com.shop.Orders - no stock")]
    [InlineData("2026-12-01T08:40:32.123Z [http-1] ERROR c.s.Orders: no stock")]
    [InlineData("ERROR:root:no stock")]
    [InlineData("[08:40:32 ERR] no stock")]
    [InlineData("[08:40:32 FTL] no stock")]
    [InlineData("2026/12/01 08:40:32 [error] 31#31: *1 open() failed")]
    [InlineData("fail: Shop.Orders[12]")]
    [InlineData("crit: Shop.Orders[12]")]
    [InlineData("E0102 15:04:05.000000   12345 orders.go:81] no stock")]
    [InlineData("<3>no stock")]
    [InlineData("time=2026-12-01T08:40:32Z level=error msg=\"no stock\"")]
    [InlineData("ts=1 lvl=eror msg=x")]
    [InlineData("{\"level\":\"error\",\"msg\":\"no stock\"}")]
    [InlineData("{\"level\":50,\"time\":1,\"msg\":\"no stock\"}")]
    [InlineData("{\"@t\":\"2026\",\"@l\":\"Error\",\"@mt\":\"no stock\"}")]
    [InlineData("{\"severity\":\"CRITICAL\",\"message\":\"no stock\"}")]
    [InlineData("{\"EventId\":1,\"LogLevel\":\"Error\",\"Message\":\"x\"}")]
    [InlineData("{ \"a\": {\"level\":\"info\"}, \"Level\" : \"Fatal\"")]
    [InlineData("SEVERE: no stock")]
    [InlineData("error: no stock")]
    [InlineData("Error: no stock")]
    [InlineData("panic: runtime error: index out of range")]
    [InlineData("fatal error: all goroutines are asleep - deadlock!")]
    [InlineData("Traceback (most recent call last):")]
    [InlineData("Unhandled exception. System.InvalidOperationException: no stock")]
    [InlineData("Exception in thread \"main\" java.lang.IllegalStateException: no stock")]
    [InlineData("java.lang.IllegalStateException: no stock")]
    [InlineData("TypeError: x is not a function")]
    [InlineData("thread 'main' panicked at src/main.rs:3:5:")]
    [InlineData("could not save: java.io.IOException: disk full")]
    public void Errors(string line) => Assert.Equal(LineLevel.Error, Of(line));

    [Theory]
    [InlineData("2026-12-01 08:40:32,123 WARN  [main] com.shop.Orders - few left")]
    [InlineData("[08:40:32 WRN] few left")]
    [InlineData("warn: Shop.Orders[12]")]
    [InlineData("W0102 15:04:05.000000   12345 orders.go:81] few left")]
    [InlineData("<4>few left")]
    [InlineData("level=warning msg=\"few left\"")]
    [InlineData("{\"level\":\"warn\"}")]
    [InlineData("{\"level\":40}")]
    [InlineData("WARNING:root:few left")]
    public void Warnings(string line) => Assert.Equal(LineLevel.Warning, Of(line));

    [Theory]
    [InlineData("2026-12-01 08:40:32,123 INFO  [main] com.shop.Orders - answered ERROR to the client")]
    [InlineData("info: Shop.Orders[0]")]
    [InlineData("level=info msg=\"an ERROR was handled\" error=none")]
    [InlineData("{\"level\":30,\"msg\":\"ERROR\"}")]
    [InlineData("{\"@t\":\"2026\",\"@mt\":\"no Exception: here\"}")]
    [InlineData("GET /ERROR/500 200 12ms")]
    [InlineData("10.0.0.1 - - [01/Dec/2026:08:40:32 +0000] \"GET /error: HTTP/1.1\" 200 12")]
    [InlineData("there were 0 errors")]
    [InlineData("handled without error: 12")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<>")]
    [InlineData("{\"level\":\"")]
    [InlineData("{\"level\"")]
    [InlineData("level=")]
    [InlineData("\"\\")]
    public void Anything_else(string line) => Assert.True(Of(line) is LineLevel.None or LineLevel.Low);

    private static LineLevel Of(string line) => LevelOfLine.Of(Encoding.UTF8.GetBytes(line), out _);
}
