<#ftl output_format="plainText">
${msg("wiseSyncEmailHello", (user.firstName)!"")}

${msg("wiseSyncNotice." + notice, properties.brandName, (user.username)!"")}

${msg("wiseSyncNotice." + notice + ".notYou")}

-- 
${msg("wiseSyncEmailFooter", properties.brandName)}
