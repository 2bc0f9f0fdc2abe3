"""What a station offers (饮水供给 避暑取暖 餐食加热 手机充电 休息如厕), derived from what its facilities are now."""
